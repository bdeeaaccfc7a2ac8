// SPDX-License-Identifier: EUPL-1.2
// A Wisselcode in six boxes that behave as one field: typing goes on, Backspace goes back, a pasted code or link and a
// scanner (which types fast and ends with Enter) fill all six. Without JavaScript the one input works just as well.
const SIGN = /[2346789ABCDEFGHJKMNPQRTUVWXYZ]/, ANY = /[0-9A-Z]/, BURST = 60; // ms between the signs of a scanner

const codeIn = (text) => { // the code itself, or the end of the link in a QR code
  const end = text.trim().toUpperCase().replace(/^.*[/=:]/, "").replace(/[\s.–—-]/g, "");
  return end.length === 6 && [...end].every((sign) => SIGN.test(sign)) ? end : "";
};
const split = (field) => {
  const group = document.createElement("div"), boxes = [];
  group.className = "code";
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", `${field.id}-naam`);
  for (const name of ["aria-describedby", "aria-invalid"]) if (field.hasAttribute(name)) group.setAttribute(name, field.getAttribute(name));
  document.querySelector(`label[for="${field.id}"]`)?.setAttribute("id", `${field.id}-naam`);
  for (let n = 0; n < 6; n += 1) {
    const box = document.createElement("input");
    box.className = "utrecht-textbox utrecht-textbox--html-input";
    box.autocomplete = "off";
    box.autocapitalize = "characters";
    box.spellcheck = false;
    box.setAttribute("aria-label", `Teken ${n + 1} van 6`);
    if (n === 3) group.append(Object.assign(document.createElement("span"), { textContent: "–", ariaHidden: "true" }));
    boxes.push(box);
    group.append(box);
  }
  const write = () => {
    field.value = boxes.map((box) => box.value).join("");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = (signs, from) => {
    [...signs].slice(0, 6 - from).forEach((sign, n) => { boxes[from + n].value = sign; });
    write();
    boxes[Math.min(from + signs.length, 5)].focus();
  };
  let scanned = "", at = 0;
  group.addEventListener("keydown", (event) => {
    const n = boxes.indexOf(event.target), now = event.timeStamp;
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      scanned = now - at < BURST ? scanned + event.key : event.key;
      at = now;
    } else if (event.key === "Enter" && scanned.length >= 6 && now - at < BURST && codeIn(scanned)) fill(codeIn(scanned), 0);
    else if (event.key === "Backspace" && !event.target.value && n > 0) {
      boxes[n - 1].value = "";
      boxes[n - 1].focus();
      write();
      event.preventDefault();
    } else if (event.key === "ArrowLeft" && n > 0) boxes[n - 1].focus();
    else if (event.key === "ArrowRight" && n < 5) boxes[n + 1].focus();
  });
  group.addEventListener("paste", (event) => {
    const code = codeIn(event.clipboardData.getData("text"));
    if (!code) return;
    event.preventDefault();
    fill(code, 0);
  });
  group.addEventListener("input", (event) => {
    if (event.target === field) return;
    const signs = [...event.target.value.toUpperCase()].filter((sign) => ANY.test(sign));
    event.stopPropagation();
    event.target.value = "";
    if (signs.length) fill(signs.slice(-1), boxes.indexOf(event.target));
    else write();
  });
  group.addEventListener("focusin", ({ target }) => target.select());
  const hadFocus = document.activeElement === field;
  field.type = "hidden";
  field.after(group);
  fill([...field.value.toUpperCase()].filter((sign) => ANY.test(sign)), 0);
  if (hadFocus || field.autofocus) boxes[0].focus();
  else document.activeElement?.blur();
};
// A scanned QR code brings its code behind the # of the address; it is kept while one logs in, and used once.
const KEPT = "wisselcode";
if (location.hash.startsWith("#code=")) sessionStorage.setItem(KEPT, codeIn(location.hash));
const find = (root) => root.querySelectorAll?.("input[data-wisselcode]:not([type=hidden])").forEach((field) => {
  field.value ||= sessionStorage.getItem(KEPT) || "";
  sessionStorage.removeItem(KEPT);
  split(field);
});
find(document);
document.addEventListener("htmx:load", ({ detail }) => find(detail.elt));

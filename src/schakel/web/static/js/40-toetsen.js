// SPDX-License-Identifier: EUPL-1.2
// Shortcuts: an element with data-toets="alt+a" gets the focus (a field, a region) or is pressed (a button, a link).
// data-toets="escape" is where Esc goes back to. <dialog id="toetsen"> lists them by their data-toets-naam; there one
// changes the letter or switches all of them off (WCAG 2.1.4). The choice stays in this browser.
const KEY = "schakel-toetsen";
const choice = () => JSON.parse(localStorage.getItem(KEY) || "{}"); // {uit: true, "alt+a": "alt+z"}
const remember = (change) => localStorage.setItem(KEY, JSON.stringify({ ...choice(), ...change }));
const isVisible = (element) => element.getClientRects().length > 0;

const pressed = ({ code, key, ctrlKey, altKey }) => {
  // on some keyboards Alt makes another sign of a letter; `code` is the key itself
  const sign = /^Digit\d$/.test(code) ? code.slice(5) : /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
  return `${ctrlKey ? "ctrl+" : ""}${altKey ? "alt+" : ""}${sign}`;
};
const go = (target) => {
  if (!target.matches("input, textarea, select, button, a[href], summary") && !target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
  if (target.matches("button, a[href], summary")) target.click();
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return back(event);
  const keys = choice();
  if (keys.uit || event.metaKey || event.shiftKey || !(event.altKey || event.ctrlKey)) return;
  const name = pressed(event);
  const target = [...document.querySelectorAll("[data-toets]")].find(
    (element) => (keys[element.dataset.toets] || element.dataset.toets) === name && isVisible(element));
  if (!target) return;
  event.preventDefault();
  go(target);
});
const back = (event) => { // one level, and no text is lost
  if (event.target.closest("dialog")) return;
  const details = event.target.closest("details[open]");
  if (details) {
    details.open = false;
    details.querySelector("summary").focus();
  } else document.querySelector('[data-toets="escape"]')?.focus();
};

const dialog = document.getElementById("toetsen");
const list = dialog?.querySelector("[data-toetsen]");
const off = dialog?.querySelector("[data-toetsen-uit]");
const show = () => {
  const keys = choice();
  off.checked = Boolean(keys.uit);
  list.replaceChildren(...[...document.querySelectorAll("[data-toets-naam]")].map((element) => {
    const row = list.ownerDocument.createElement("label"), name = document.createElement("span"), input = document.createElement("input");
    const own = keys[element.dataset.toets] || element.dataset.toets, at = own.lastIndexOf("+") + 1;
    name.textContent = `${element.dataset.toetsNaam}: ${own.slice(0, at).replaceAll("+", " + ")}`;
    input.className = "utrecht-textbox utrecht-textbox--html-input";
    input.maxLength = 1;
    input.value = own.slice(at);
    input.addEventListener("change", () => {
      const sign = input.value.toLowerCase(), wanted = own.slice(0, at) + sign;
      const taken = [...document.querySelectorAll("[data-toets-naam]")].some((other) =>
        other !== element && (choice()[other.dataset.toets] || other.dataset.toets) === wanted);
      const wrong = taken ? "Deze toets is al in gebruik." : /^[a-z0-9]$/.test(sign) ? "" : "Kies een letter of een cijfer.";
      input.setCustomValidity(wrong);
      if (wrong) input.reportValidity();
      else remember({ [element.dataset.toets]: wanted });
    });
    row.append(name, input);
    return row;
  }));
};
off?.addEventListener("change", () => remember({ uit: off.checked }));
dialog?.querySelector("[data-toetsen-terug]")?.addEventListener("click", () => {
  localStorage.removeItem(KEY);
  show();
});
document.addEventListener("click", ({ target }) => {
  if (!dialog || !target.closest("[data-toetsen-knop]")) return;
  show();
  dialog.showModal();
});

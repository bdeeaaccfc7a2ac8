// SPDX-License-Identifier: EUPL-1.2
// Nothing typed is lost: a form with data-concept="/..." is posted there two seconds after the last key and when the
// focus leaves. [data-bewaard] says when. What cannot be sent stays in this tab, and goes when the line is back.
const DELAY = 2000, RETRY = 5000, KEEPALIVE = 60_000; // bytes: more than 64 KB a browser does not send after the page
const attached = new WeakSet();

const attach = (form) => {
  if (attached.has(form)) return;
  attached.add(form);
  const key = `concept:${form.dataset.concept}`;
  const place = form.querySelector("[data-bewaard]");
  let timer = 0, sent = snapshot(form), busy = false, gone = false;

  const say = (text, trouble = false) => {
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("bewaard-let", trouble);
  };
  const keep = (text, why, wait) => {
    sessionStorage.setItem(key, text);
    say(why, true);
    if (wait) timer = setTimeout(save, wait);
  };
  const refused = async (status, answer, text) => {
    if (status === 401 || status === 403) return keep(text, "U bent niet meer aangemeld. Uw tekst staat nog op dit scherm. Meld u aan in een ander tabblad.", RETRY);
    if (status >= 500 || status === 429) return keep(text, "Bewaren lukt nu niet. Uw tekst staat nog op dit scherm. Wij proberen het opnieuw.", RETRY);
    const { detail, title, invalidParams } = await answer.json().catch(() => ({}));
    keep(text, invalidParams?.[0]?.reason || detail || title || "Bewaren lukt niet. Uw tekst staat nog op dit scherm.");
  };
  const save = async () => {
    clearTimeout(timer);
    const now = snapshot(form);
    if (now === sent || busy || gone || !form.isConnected) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.concept, {
        method: "POST", headers: { ...window.schakel.csrf(), Accept: "application/json" },
        body: new URLSearchParams(now), keepalive: now.length < KEEPALIVE,
      });
      if (answer.ok) {
        sent = now;
        sessionStorage.removeItem(key);
        say(`${place?.dataset.woord || "Concept bewaard om"} ${window.schakel.time(window.schakel.now())}`);
        form.dispatchEvent(new CustomEvent("schakel:bewaard", { bubbles: true }));
      } else await refused(answer.status, answer, now);
    } catch { // fetch throws only when there is no line
      keep(now, "Geen verbinding. Uw tekst staat nog op dit scherm en in deze browser. Wij proberen het opnieuw.", RETRY);
    } finally {
      busy = false;
      if (snapshot(form) !== now) later();
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };
  const local = sessionStorage.getItem(key);
  if (local && local !== sent) {
    restore(form, local);
    later();
  }
  form.addEventListener("input", later);
  form.addEventListener("focusout", save);
  form.addEventListener("submit", () => {
    gone = true;
    clearTimeout(timer);
    sessionStorage.removeItem(key);
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => { // the form is still here: sent, or refused and kept
    gone = false;
    if (detail.successful) sent = snapshot(form);
    else later();
  });
  addEventListener("online", save);
  addEventListener("pagehide", save);
};
const snapshot = (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf") fields.append(name, value);
  return fields.toString();
};
const restore = (form, text) => {
  const fields = new URLSearchParams(text);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = fields.getAll(field.name).includes(field.value);
    else if (fields.has(field.name)) field.value = fields.get(field.name);
  }
};
const find = (root) => {
  if (root.matches?.("form[data-concept]")) attach(root);
  root.querySelectorAll?.("form[data-concept]").forEach(attach);
};
find(document);
document.addEventListener("htmx:load", ({ detail }) => find(detail.elt));

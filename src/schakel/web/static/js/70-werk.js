// SPDX-License-Identifier: EUPL-1.2
// The desk hears what changed and moves nothing under the pointer: new work waits behind "3 nieuw", the open question
// gets its timeline anew, and what was unfolded or half typed stays. Colleagues hear that we are here.
const HERE = 20_000, WAIT = 400; // ms
const list = () => document.getElementById("werklijst");
const question = () => document.getElementById("midden");
const fire = (id, name) => {
  const element = document.getElementById(id);
  if (element) window.htmx.trigger(element, name);
};

// The list: which work would stand there now? Only keys come back, so nobody was looked at.
let timer = 0;
const compare = async () => {
  const here = list();
  if (!here) return;
  const answer = await fetch(`/werk/stand?lijst=${here.dataset.lijstnaam}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { ids, tellingen } = await answer.json();
  for (const [tab, count] of Object.entries(tellingen)) {
    const place = here.querySelector(`[data-telling="${tab}"]`);
    if (place) place.textContent = count;
  }
  const shown = [...here.querySelectorAll("#lijst-werk [data-id]")].map((link) => link.dataset.id);
  const fresh = ids.filter((id) => !shown.includes(id)).length, gone = shown.filter((id) => !ids.includes(id)).length;
  const button = document.getElementById("werk-nieuw");
  button.hidden = !fresh && !gone;
  button.textContent = [fresh && `${fresh} nieuw`, gone && `${gone} klaar`].filter(Boolean).join(", ");
};
document.addEventListener("schakel:levend", ({ detail }) => {
  if (detail.interactie === "telefoon") return;
  clearTimeout(timer);
  timer = setTimeout(compare, WAIT);
  if (question()?.dataset.interactie && ["", question().dataset.interactie].includes(detail.interactie)) fire("bijwerken", "schakel:bijwerken");
});
setInterval(() => {
  if (!document.hidden) fire("aanwezig", "schakel:hier");
}, HERE);

list()?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });

// A shortcut brings one to the list: to where one was in it.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-lijst]")) target.querySelector('[tabindex="0"]')?.focus();
});

// What went wrong is no longer said once something went well.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.requestConfig.verb === "post") document.querySelector("#meldingen .mld-fout")?.remove();
});

// What the medewerker had unfolded is unfolded again after a swap.
let open = [];
document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll("#tijdlijn details[open], #klantbeeld details[open]")].map(({ id }) => id).filter(Boolean);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const now = question()?.dataset.interactie;
  for (const link of list()?.querySelectorAll("[data-id]") || []) link.toggleAttribute("aria-current", link.dataset.id === now);
  for (const link of list()?.querySelectorAll("[aria-current='']") || []) link.setAttribute("aria-current", "true");
});

// A note or a reason that was not sent yet is kept in this tab: <form data-onthoud="name">.
const recall = (form) => {
  const key = `onthoud:${form.dataset.onthoud}`;
  const fields = new URLSearchParams(sessionStorage.getItem(key) || "");
  for (const field of form.elements) if (fields.has(field.name)) field.value = fields.get(field.name);
  form.addEventListener("input", () => {
    const data = new FormData(form);
    data.delete("csrf");
    sessionStorage.setItem(key, new URLSearchParams(data).toString());
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) sessionStorage.removeItem(key);
  });
};
const recallAll = (root) => root.querySelectorAll?.("form[data-onthoud]").forEach(recall);
recallAll(document);
document.addEventListener("htmx:load", ({ detail }) => recallAll(detail.elt));

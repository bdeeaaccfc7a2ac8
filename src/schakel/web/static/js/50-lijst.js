// SPDX-License-Identifier: EUPL-1.2
// One Tab stop per list: inside [data-lijst] the arrows, Home and End walk over the links and buttons.
const items = (list) => [...list.querySelectorAll("a[href], button, [data-lijst-item]")].filter((item) => !item.hidden);
const setStop = (list, current) => items(list).forEach((item) => { item.tabIndex = item === current ? 0 : -1; });
const prepare = (list) => {
  const all = items(list);
  if (all.length) setStop(list, all.find((item) => item.hasAttribute("aria-current")) || all[0]);
};
document.addEventListener("keydown", (event) => { // from the box above a list (data-lijst-van="id of the list") into it
  const list = event.key === "ArrowDown" && document.getElementById(event.target.dataset?.lijstVan || "");
  const first = list && items(list)[0];
  if (!first) return;
  event.preventDefault();
  first.focus();
});
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-lijst]");
  if (!list || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = items(list), at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = all[Math.min(Math.max(to, 0), all.length - 1)];
  setStop(list, next);
  next.focus();
});
const prepareAll = (root) => {
  root.querySelectorAll?.("[data-lijst]").forEach(prepare);
  const own = root.closest?.("[data-lijst]");
  if (own) prepare(own);
};
prepareAll(document);
document.addEventListener("htmx:load", ({ detail }) => prepareAll(detail.elt));

// An item that a swap takes away hands its focus to what came in its place.
let index = -1, listId = "";
document.addEventListener("htmx:beforeSwap", () => {
  const list = document.activeElement?.closest?.("[data-lijst][id]");
  listId = list?.id || "";
  index = list ? items(list).indexOf(document.activeElement) : -1;
});
document.addEventListener("htmx:afterSettle", () => {
  if (index < 0 || (document.activeElement && document.activeElement !== document.body)) return;
  const all = items(document.getElementById(listId) || document.createElement("div"));
  all[Math.min(index, all.length - 1)]?.focus();
  index = -1;
});

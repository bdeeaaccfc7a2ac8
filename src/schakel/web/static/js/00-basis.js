// SPDX-License-Identifier: EUPL-1.2
// What the other modules share: the csrf header, server time, parts of the page to copy, the one place read aloud.
const body = document.body;
const ahead = Date.parse(body.dataset.nu) - Date.now();
const DUTCH = { hour: "numeric", minute: "2-digit", timeZone: "Europe/Amsterdam" };

window.schakel = {
  now: () => new Date(Date.now() + ahead),
  csrf: () => ({ "X-CSRF-Token": body.dataset.csrf || "" }),
  time: (date) => date.toLocaleTimeString("nl-NL", DUTCH).replace(":", ".").replace(/^0/, ""),
  announce(text) {
    const place = document.getElementById("omroep");
    if (place) place.textContent = text;
  },
  // A notice that stands ready in <template id>; [data-tijd] in it gets the time. Gives a function that takes it away.
  notice(id) {
    const template = document.getElementById(id);
    if (!template) return () => {};
    const notice = template.content.firstElementChild.cloneNode(true);
    const time = notice.querySelector("[data-tijd]");
    if (time) time.textContent = window.schakel.time(window.schakel.now());
    document.getElementById("meldingen").append(notice);
    return () => notice.remove();
  },
};

// After a mistake the list of mistakes has the focus, so that a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// Two minutes before the sessie ends we say so (WCAG 2.2.1); what is typed has been saved by then.
const left = Date.parse(body.dataset.verloopt || "") - window.schakel.now();
if (left > 0) setTimeout(() => window.schakel.notice("melding-verloopt"), Math.max(0, left - 120_000));

// Signing out leaves no text behind in this browser for whoever sits here next.
document.addEventListener("submit", ({ target }) => {
  if (new URL(target.action).pathname === "/afmelden") sessionStorage.clear();
});

// SPDX-License-Identifier: EUPL-1.2
// Keeps the clocks true with the server's time: each minute, and each second in the last two. The words are those of
// web/klok.py. [data-klok] counts down to a belofte, [data-sinds] counts up since a moment (a call, a visit).
const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE;
const pad = (number) => String(number).padStart(2, "0");
const rough = (ms) => {
  const minutes = Math.max(1, Math.floor(ms / MINUTE));
  const days = Math.floor(minutes / 1440), hours = Math.floor((minutes % 1440) / 60), rest = minutes % 60;
  if (days) return hours ? `${days} d ${hours} u` : `${days} d`;
  if (hours) return rest ? `${hours} u ${rest} min` : `${hours} u`;
  return `${rest} min`;
};
const exact = (ms) => {
  const seconds = Math.floor(ms / SECOND), rest = seconds % 60;
  if (seconds < 60) return `${seconds} sec`;
  return rest ? `${Math.floor(seconds / 60)} min ${rest}` : `${Math.floor(seconds / 60)} min`;
};
const set = (clock, kind, icon, text) => {
  clock.classList.remove("klok-let", "klok-fout");
  if (kind) clock.classList.add(`klok-${kind}`);
  const use = clock.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
  clock.lastElementChild.textContent = text;
};

let frozen = false, timer = 0;
const tick = () => {
  clearTimeout(timer);
  if (frozen || document.hidden) return;
  const now = window.schakel.now().getTime();
  let wait = 15 * SECOND;
  for (const clock of document.querySelectorAll("[data-klok]")) {
    const until = Date.parse(clock.dataset.klok), left = until - now;
    const tight = clock.dataset.begin ? (until - Date.parse(clock.dataset.begin)) / 4 : 2 * HOUR;
    if (left < 0) set(clock, "fout", "clock-exclamation", `${rough(-left)} te laat`);
    else if (left < 4 * HOUR) {
      const near = left <= tight;
      const text = left < 2 * MINUTE ? exact(left) : rough(left);
      set(clock, near ? "let" : "", near ? "clock-exclamation" : "clock", `nog ${text}`);
    }
    if (left >= 0 && left < 2 * MINUTE + wait) wait = SECOND;
  }
  for (const clock of document.querySelectorAll("[data-sinds]")) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(clock.dataset.sinds)) / SECOND));
    const hours = Math.floor(seconds / 3600), minutes = Math.floor((seconds % 3600) / 60);
    clock.textContent = `${hours ? `${hours}:` : ""}${pad(minutes)}:${pad(seconds % 60)}`;
    wait = SECOND;
  }
  timer = setTimeout(tick, wait);
};
document.addEventListener("schakel:lijn", ({ detail }) => { // no line: a clock that cannot be trusted stands still
  frozen = !detail.open;
  tick();
});
document.addEventListener("visibilitychange", tick);
document.addEventListener("htmx:afterSettle", tick);
tick();

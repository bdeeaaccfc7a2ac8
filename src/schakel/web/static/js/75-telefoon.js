// SPDX-License-Identifier: EUPL-1.2
// The call bar is asked when the line is there, and anew when the exchange said something: <div id="belbalk">.
const bar = document.getElementById("belbalk");
if (bar) {
  const ask = () => bar.dispatchEvent(new CustomEvent("schakel:telefoon"));
  document.addEventListener("schakel:lijn", ({ detail }) => { if (detail.open) ask(); });
  document.addEventListener("schakel:levend", ({ detail }) => { if (["", "telefoon"].includes(detail.interactie)) ask(); });
}

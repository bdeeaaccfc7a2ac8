// SPDX-License-Identifier: EUPL-1.2
// A button that copies the field it names. Without a clipboard it stays hidden: the field itself can be selected.
for (const button of document.querySelectorAll("[data-kopieer]")) {
  const field = document.getElementById(button.dataset.kopieer);
  if (!navigator.clipboard || !field) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    window.schakel.announce("Gekopieerd");
    button.textContent = "Gekopieerd";
  });
}

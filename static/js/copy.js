// Copies an address to the clipboard. Without this script the buttons stay hidden, and the field can be copied by hand.
"use strict";

async function copy(field) {
  field.select();
  if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
  // Browsers give the clipboard to pages over https only; a portal inside a house may be without.
  if (!document.execCommand("copy")) throw new Error("not copied");
}

document.querySelectorAll("[data-copy]").forEach((button) => {
  const status = button.parentElement.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(document.getElementById(button.dataset.copy));
      status.textContent = "Copied";
    } catch {
      status.textContent = "Your browser did not allow it. The address is selected: copy it by hand.";
    }
  });
});

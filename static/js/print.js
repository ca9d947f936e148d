// Buttons that print the page. Without this script they stay hidden: the browser's own menu prints it as well.
"use strict";

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

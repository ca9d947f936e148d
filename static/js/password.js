// Shows what is typed as a password, on wish. Without this script there is no button, and nothing is missing.
"use strict";

document.querySelectorAll("main form, #content form").forEach((form) => {
  const fields = [...form.querySelectorAll('input[type="password"]')];
  if (!fields.length) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet show-password button";
  button.textContent = fields.length > 1 ? "Show passwords" : "Show password";
  const show = (shown) => {
    button.setAttribute("aria-pressed", shown);
    fields.forEach((field) => { field.type = shown ? "text" : "password"; });
  };
  show(false);
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") === "false"));
  // A browser keeps what was typed into a text field, and offers it to the next who types there.
  form.addEventListener("submit", () => show(false));
  const last = fields.at(-1);
  (last.closest(".field, .form-row") ?? last).append(button);
});

// Saving without leaving the page (htmx), and the truth on pages that were open before: in another tab, or behind the
// back button. Without this file each button is a plain form.
"use strict";

const SAVED_KEY = "saved-roles-changed";

function tellOtherTabs() {
  try {
    localStorage.setItem(SAVED_KEY, `${Date.now()} ${Math.random()}`);
  } catch {
    // A browser that keeps nothing has no other tab to tell.
  }
}

// What is marked data-fresh comes again from the server, unless somebody is writing in it.
async function refresh() {
  const response = await fetch(location.href, { cache: "no-cache" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const now = page.getElementById(old.id);
    if (!now || now.outerHTML === old.outerHTML || old.querySelector("textarea, :checked:not(option)")) continue;
    const focused = old.contains(document.activeElement) && document.activeElement.id;
    old.replaceWith(now);
    htmx.process(now);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function freshen() {
  refresh().catch(() => {}); // without a connection the page stays as it was
}

const isSaving = (event) => event.target.matches(".save-form");
const saidBeside = (form) => form.parentElement?.querySelector(".save-said");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isSaving(event)) return;
  for (const said of document.querySelectorAll(".save-said")) said.replaceChildren();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.matches(".save-form") && event.detail.xhr.status < 400) tellOtherTabs();
});
// A refusal has a page of its own that says why.
document.addEventListener("htmx:responseError", (event) => {
  if (isSaving(event)) event.target.submit();
});
document.addEventListener("htmx:sendError", (event) => {
  if (isSaving(event)) saidBeside(event.target).textContent = "Not saved. Look at your connection, then press again.";
});

window.addEventListener("storage", (event) => {
  if (event.key === SAVED_KEY) freshen();
});
window.addEventListener("pageshow", (event) => {
  const [navigation] = performance.getEntriesByType("navigation");
  if (event.persisted || navigation?.type === "back_forward") freshen();
});
if (document.getElementById("saved-roles")) tellOtherTabs(); // something may have been removed there

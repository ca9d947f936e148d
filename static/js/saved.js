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

let begun = 0;
let ended = 0; // saves of this page
let isStale = false;

// What is marked data-fresh comes again from the server, unless somebody is writing in it. An answer that a save of this
// page has overtaken is thrown away: once the save is done, the page is asked for anew.
async function refresh() {
  const before = begun;
  isStale = false;
  const response = await fetch(location.href, { cache: "no-cache" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (begun > ended) {
    isStale = true;
    return;
  }
  if (begun > before) {
    await refresh();
    return;
  }
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

const formOf = (event) => event.detail.requestConfig.elt; // which may be gone from the page by now
const isSaving = (event) => formOf(event).matches(".save-form");
const saidBeside = (form) => form.parentElement?.querySelector(".save-said");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isSaving(event)) return;
  begun += 1;
  for (const said of document.querySelectorAll(".save-said")) said.replaceChildren();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isSaving(event)) return;
  ended += 1;
  if (event.detail.successful) tellOtherTabs();
  if (isStale) freshen();
});
// A refusal has a page of its own that says why.
document.addEventListener("htmx:responseError", (event) => {
  if (isSaving(event)) formOf(event).submit();
});
document.addEventListener("htmx:sendError", (event) => {
  if (isSaving(event)) saidBeside(formOf(event)).textContent = "Not saved. Look at your connection, then press again.";
});

window.addEventListener("storage", (event) => {
  if (event.key === SAVED_KEY) freshen();
});
window.addEventListener("pageshow", (event) => {
  const [navigation] = performance.getEntriesByType("navigation");
  if (event.persisted || navigation?.type === "back_forward") freshen();
});
// The list came after a removal, or its undoing; not read again, nor come back to.
const [arrival] = performance.getEntriesByType("navigation");
if (arrival?.type === "navigate" && document.querySelector("[data-changed]")) tellOtherTabs();

// A form that stands open in its row is not fetched again over what is being written in it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.target;
  const open = place.id.startsWith("edit-") && place.querySelector("textarea");
  if (!open) return;
  event.preventDefault();
  open.focus();
});

// Nothing that was written is lost by sending another form: the browser asks first.
let sent = null;
const isWritten = (field) => field.form !== sent && field.value !== field.defaultValue;
document.addEventListener("submit", (event) => {
  sent = event.target;
});
window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(".saved-role textarea")].some(isWritten)) event.preventDefault();
});

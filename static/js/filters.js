// The list of roles answers each choice at once (htmx). This file keeps its addresses short and, on a phone, leads from
// the open filters to the answer. Without it everything works as a plain form.
"use strict";

const form = document.getElementById("role-filters");
const folded = window.matchMedia("(max-width: 991.98px)");

function showAnswer() {
  if (!folded.matches) return;
  form.querySelector("details.filters").open = false;
  const count = document.getElementById("result-count");
  count.focus({ preventScroll: true });
  count.scrollIntoView({ block: "start" });
}

form.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.parameters;
  if (!asked.q?.trim()) delete asked.q;
  if (asked.sort === "relevance") delete asked.sort;
});

// What is shown already is not asked again, nor put into the history twice.
form.addEventListener("htmx:beforeRequest", (event) => {
  const wanted = event.detail.requestConfig;
  const pairs = new URLSearchParams(wanted.formData ?? wanted.parameters).toString();
  if (`?${pairs}` === (location.search || "?")) event.preventDefault();
});

form.addEventListener("submit", showAnswer);

// Dragging the steps of a plan into order (SortableJS). Each drop is sent as "this one before that one", so what another
// tab moved meanwhile stays. Without this file the buttons up and down do the same.
"use strict";

function send(item) {
  const form = item.querySelector("form");
  const next = item.nextElementSibling;
  const values = {
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    before: next ? next.dataset.step : "",
  };
  const target = "#arrange";
  htmx.ajax("POST", form.action, { source: form, values, target, select: target, swap: "outerHTML" });
}

function makeDraggable(root) {
  root.querySelectorAll("[data-arrange]").forEach((list) => {
    list.querySelectorAll("[data-grip]").forEach((grip) => {
      grip.hidden = false;
    });
    new Sortable(list, {
      handle: "[data-grip]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: (event) => event.oldIndex !== event.newIndex && send(event.item),
    });
  });
}

makeDraggable(document);
document.addEventListener("htmx:afterSettle", (event) => makeDraggable(event.detail.elt.parentElement || document));

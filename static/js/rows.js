// Rows of a form in another order: buttons beside the number of each row. Without this file one writes the numbers.
// What is sent is the numbers, so a row keeps its place in the form, and its key; only where it is shown changes.
"use strict";

const numberOf = (row) => row.querySelector("input[name$='-position']");
const isNumber = (row) => /^\d+$/.test(numberOf(row).value);
const indexOf = (row) => Number(row.id.match(/-(\d+)$/)[1]);

function startRows(group) {
  const body = group.querySelector("tbody");
  const said = document.querySelector("[data-typing-said]");
  const rows = () => [...body.querySelectorAll("tr.form-row:not(.empty-form)")];

  // A sentence about what is wrong with a row stands before it.
  function place(row, before) {
    const errors = row.previousElementSibling?.matches(".row-form-errors") ? row.previousElementSibling : null;
    body.insertBefore(row, before);
    if (errors) body.insertBefore(errors, row);
  }

  const isAbove = (row) => row.previousElementSibling?.matches(".row-form-errors") ? row.previousElementSibling : row;

  function arrange(key) {
    const last = body.querySelector("tr.empty-form");
    [...rows()].sort((one, other) => key(one) - key(other)).forEach((row) => place(row, last));
  }

  function move(row, step, button) {
    const all = rows();
    const other = all[all.indexOf(row) + step];
    if (!other) {
      if (said) said.textContent = step < 0 ? "This is the first row" : "This is the last row";
      return;
    }
    if (isNumber(row) && isNumber(other) && numberOf(row).value !== numberOf(other).value) {
      [numberOf(row).value, numberOf(other).value] = [numberOf(other).value, numberOf(row).value];
      if (step < 0) place(row, isAbove(other));
      else place(other, isAbove(row));
    } else {
      if (step < 0) place(row, isAbove(other));
      else place(other, isAbove(row));
      rows().forEach((one, index) => {
        numberOf(one).value = index + 1;
      });
    }
    button.focus();
    numberOf(row).dispatchEvent(new Event("input", { bubbles: true }));
    if (said) said.textContent = `Row ${rows().indexOf(row) + 1} of ${all.length}`;
  }

  function addButtons(row) {
    const holder = Object.assign(document.createElement("span"), { className: "row-moves" });
    for (const [sign, label, step] of [["↑", "Move this row up", -1], ["↓", "Move this row down", 1]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: sign });
      button.setAttribute("aria-label", label);
      button.addEventListener("click", () => move(row, step, button));
      holder.append(button);
    }
    numberOf(row).after(holder);
  }

  function takeNumber(row) {
    if (numberOf(row).value !== "") return;
    const others = rows().filter((one) => one !== row && isNumber(one));
    numberOf(row).value = Math.max(0, ...others.map((one) => Number(numberOf(one).value))) + 1;
  }

  rows().forEach(addButtons);
  body.addEventListener("formset:added", ({ target: row }) => {
    addButtons(row);
    row.addEventListener("input", () => takeNumber(row), { once: true }); // one that stays empty is no row
  });
  // Django counts rows anew when one that was added is taken away: those that are kept have to be first.
  body.addEventListener("click", (event) => event.target.matches(".inline-deletelink") && arrange(indexOf), true);
  document.addEventListener("formset:removed", ({ detail }) => {
    const byNumber = (row) => (isNumber(row) ? Number(numberOf(row).value) : Infinity);
    if (group.id === `${detail.formsetName}-group`) setTimeout(() => arrange(byNumber)); // once they are counted
  });
}

window.addEventListener("load", () => document.querySelectorAll("[data-ordered]").forEach(startRows));

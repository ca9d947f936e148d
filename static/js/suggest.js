// Suggestions under a search field: a combobox with a listbox (WAI-ARIA practices). Without this script the field still
// searches. The server renders the options; this file fetches, moves through and opens them.
"use strict";

const WAIT = 150;

function suggest(field) {
  const input = field.querySelector("input");
  const list = field.querySelector('[role="listbox"]');
  const status = field.querySelector('[role="status"]');
  let timer;
  let request;
  let active = -1;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  const isOpen = () => !list.hidden;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  function mark(index) {
    active = index;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    const chosen = options()[index];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show() {
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    mark(-1);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function say(count) {
    status.textContent = count ? `${count} ${count === 1 ? "suggestion" : "suggestions"}` : "No suggestions";
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      const response = await fetch(address, { signal });
      const rows = response.ok ? await response.text() : "";
      if (signal.aborted) return;
      list.innerHTML = rows;
      options().forEach((option, number) => { option.id ||= `${list.id}-${number}`; });
      show();
      say(options().length);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function open(option) {
    location.assign(option.dataset.url);
  }

  input.addEventListener("input", () => {
    close();
    if (input.value.trim()) {
      timer = setTimeout(ask, WAIT);
    } else {
      list.replaceChildren();
      status.textContent = "";
    }
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (!isOpen()) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: the field itself, between the last and the first.
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && isOpen() && active >= 0) {
      event.preventDefault();
      open(options()[active]);
    }
  });

  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close); // htmx stays on the page
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) open(option);
  });
}

document.querySelectorAll("[data-suggest]").forEach(suggest);

// A test with a time: notes each change of each field with its moment, shows the time, and sends it all when the time is
// over. The server makes the test again from these notes and counts for itself. Without this script the form sends what
// was typed, and no time is taken.
"use strict";

(() => {
  const form = document.getElementById("test");
  if (!form) return;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const time = part("time"), status = part("status"), fault = part("fault"), given = part("given");
  const lasts = Number(form.dataset.minutes) * 60000;
  const MOST_AT_ONCE = 2;
  const PASTED = ["insertFromPaste", "insertFromDrop", "insertFromYank", "insertReplacementText"];
  const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " " };
  const zero = performance.now();
  const changes = [];
  let began = null, isOver = false, timer = null, wasLeft = false;

  form.querySelectorAll("[data-without-script]").forEach((one) => { one.hidden = true; });
  form.querySelectorAll("[data-with-script], [data-more]").forEach((one) => { one.hidden = false; one.disabled = false; });
  const fields = [...form.querySelectorAll("[data-typed]")];
  const texts = fields.map(() => "");
  fields.forEach((field) => { field.value = ""; });

  // What this tab remembers of a test that runs, so that a reload says what became of it.
  const memory = (run) => { try { return run(sessionStorage); } catch { return null; } };
  const NAME = "timed-test";
  if (memory((kept) => kept.getItem(NAME))) {
    status.textContent = "You left a test before its time was over, so it does not count. This is a new one.";
    memory((kept) => kept.removeItem(NAME));
  }

  // Words of the text, so that one can see where one is.
  const words = [];
  if (given) {
    const all = given.textContent.split(" ");
    given.textContent = "";
    all.forEach((word, place) => {
      const span = document.createElement("span");
      span.textContent = word;
      words.push(span);
      given.append(place ? " " : "", span);
    });
  }

  function mark(text) {
    if (!given) return;
    const typed = text.split(" ");
    const here = Math.min(typed.length - 1, words.length - 1);
    given.querySelector(".is-here")?.classList.remove("is-here");
    words[here].classList.add("is-here");
    for (let place = Math.max(0, here - 2); place < Math.min(words.length, here + 3); place += 1) {
      const isWrong = place < here && typed[place] !== words[place].textContent;
      words[place].classList.toggle("is-wrong", isWrong);
    }
    const top = words[here].offsetTop - words[0].offsetTop;
    given.scrollTop = Math.max(0, top - words[here].offsetHeight * 1.5);
  }
  mark("");
  addEventListener("resize", () => mark(texts[0]));

  // From `before` to `after`: [place, how many characters went, what came].
  function difference(before, after) {
    let start = 0, end = 0;
    const most = Math.min(before.length, after.length);
    while (start < most && before[start] === after[start]) start += 1;
    while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    return [start, before.length - start - end, after.slice(start, after.length - end)];
  }

  function restore(number, why) {
    fields[number].value = texts[number];
    fault.textContent = why;
  }

  function note(number, event) {
    const field = fields[number];
    if (isOver) return restore(number, "");
    const after = field.value.replace(/[‘’“”–—\u00a0]/g, (sign) => PLAIN[sign]);
    const [place, gone, come] = difference(texts[number], after);
    if (!gone && !come) return null;
    if (come.length > MOST_AT_ONCE) return restore(number, "Only single keys count. What came at once was taken out.");
    if (!/^[ -~]*$/.test(come)) return restore(number, "Set your keyboard to English: only its letters count.");
    const now = Math.max(changes.length ? changes[changes.length - 1][0] : 0, Math.round(event.timeStamp - zero));
    if (began === null) begin(now);
    if (now - began > lasts) { restore(number, ""); return end(); }
    if (after !== field.value) {
      const caret = field.selectionStart;
      field.value = after;
      field.setSelectionRange(caret, caret);
    }
    changes.push([now, number, place, gone, come]);
    texts[number] = after;
    fault.textContent = "";
    mark(after);
    return null;
  }

  function begin(now) {
    began = now;
    status.textContent = "The time runs.";
    memory((kept) => kept.setItem(NAME, form.dataset.key));
    timer = setInterval(show, 200);
  }

  const SAID = new Map([[60, "One minute left."], [10, "Ten seconds left."]]);
  function show() {
    const left = Math.max(0, Math.ceil((lasts - (performance.now() - zero - began)) / 1000));
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (SAID.has(left) && left * 1000 < lasts) {
      status.textContent = SAID.get(left);
      SAID.delete(left);
    }
    if (left === 0) end();
  }

  function end() {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    time.textContent = "0:00";
    fault.textContent = "";
    status.textContent = "The time is over. Your result is being counted.";
    fields.forEach((field) => { field.readOnly = true; });
    send();
  }

  // Asks first whether the portal can be reached: a form that is sent without a connection would be lost.
  async function send() {
    part("failed").hidden = true;
    const log = form.elements.log;
    log.disabled = false;
    log.value = JSON.stringify(changes);
    fields.forEach((field, number) => { field.value = texts[number]; });
    form.action = form.dataset.add;
    try {
      await fetch(form.dataset.ping, { method: "HEAD", cache: "no-store" });
    } catch {
      part("failed").hidden = false;
      status.textContent = "There is no connection. Your test is over and still on this page.";
      part("again").focus();
      return;
    }
    memory((kept) => kept.removeItem(NAME));
    form.submit();
  }
  part("again").addEventListener("click", send);

  fields.forEach((field, number) => {
    field.addEventListener("input", (event) => note(number, event));
    field.addEventListener("beforeinput", (event) => {
      if (!PASTED.includes(event.inputType)) return;
      event.preventDefault();
      fault.textContent = "Pasting is off: only typing counts.";
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      fields[number + 1]?.focus();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  part("hide").addEventListener("click", (event) => {
    const isHidden = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(isHidden));
    time.parentElement.classList.toggle("is-hidden", isHidden);
  });

  addEventListener("beforeunload", (event) => { if (began !== null && !isOver) event.preventDefault(); });
  addEventListener("pagehide", () => { wasLeft = began !== null; });
  addEventListener("pageshow", (event) => { if (event.persisted && wasLeft) location.reload(); });
})();

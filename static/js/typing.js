// What is written in a form of the HR desk is not lost: it saves itself as a draft, and until the portal has it, a copy
// stays on this device, for whoever wrote it. Without this script the buttons save, and a form that meets an ended session
// comes back as a page of its own.
"use strict";

const EVERY = 20_000; // milliseconds
const DAYS = 7 * 24 * 3600 * 1000;
const COPIES = "desk-typing";
const PLACE = "desk-place";
const NO_WORDS = new Set(["csrfmiddlewaretoken", "sequence", "typing", "writer", "opened", "look_for", "listed_for"]);
const OF_ROWS = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id)$|__prefix__/;
const SIGNED_OUT = "You are signed out. What you write is kept on this device. ";
const OFFLINE = "You are offline. What you write is kept on this device.";
const FAILED = "Not saved yet. What you wrote is kept on this device, and is tried again.";
const ANOTHER = "Somebody else is signed in on this browser by now. What you wrote is kept for you.";

// Copies on this device, {at, form, sequence, fields}. A browser that keeps nothing has none.

function copies() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${COPIES} `));
  } catch {
    return [];
  }
}

function copyAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was none.
  }
}

for (const key of copies()) {
  if (!(copyAt(key)?.at > Date.now() - DAYS)) forget(key);
}
// Who signs out leaves no words behind.
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location.href).pathname.endsWith("/logout/")) copies().forEach(forget);
});

const timeOf = (moment) => new Date(moment).toTimeString().slice(0, 5);

function newWord() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function start(box) {
  const form = box.closest("form");
  const status = form.querySelector("[data-typing-status]");
  const said = box.querySelector("[data-typing-said]");
  const offer = box.querySelector("[data-typing-offer]");
  const { writer } = box.dataset;
  const [savedForm, savedSequence] = box.dataset.saved.split(" ");
  const wasSent = form.elements.typing.value !== ""; // the portal shows again what came and was not saved
  const word = form.elements.typing.value || newWord();
  const here = `${COPIES} ${writer} ${location.pathname}${location.search} `;
  let sequence = 0;
  let savesItself = "saves" in box.dataset;
  let isSending = false;
  let isLeaving = false;
  let lastKind = "";
  let timer;
  form.elements.typing.value = word;

  const pairs = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const words = (all) =>
    JSON.stringify(all.filter(([name, value]) => !NO_WORDS.has(name) && !OF_ROWS.test(name) && value !== ""));
  const groups = [...form.querySelectorAll("input[name$='-TOTAL_FORMS']")].map((one) => one.name.slice(0, -11));
  const rowsOf = (group, all) => JSON.stringify(all.filter(([name]) => name.startsWith(`${group}-`)));
  const rowsOpened = new Map(groups.map((group) => [group, wasSent ? null : rowsOf(group, pairs())]));
  const next = () => (sequence = Math.max(sequence + 1, Date.now()));
  const opened = words(pairs());
  let saved = wasSent ? null : opened;
  const isDirty = () => words(pairs()) !== saved;

  // What is read out is only what is new: the first save, and trouble.
  function say(kind, text) {
    status.textContent = text;
    if (kind !== lastKind) said.textContent = text;
    lastKind = kind;
  }

  // Its number is later than what was sent before it, and earlier than what is sent after.
  function keepCopy({ always = false } = {}) {
    if (isLeaving || !(always || isDirty())) return;
    const fields = pairs().filter(([name]) => name !== "csrfmiddlewaretoken");
    try {
      localStorage.setItem(here + word, JSON.stringify({ at: Date.now(), form: word, sequence: next(), fields }));
    } catch {
      // The browser keeps nothing, or has no room.
    }
  }

  // Saving by itself

  async function post() {
    const all = pairs();
    const same = groups.filter((group) => rowsOf(group, all) === rowsOpened.get(group));
    const body = new URLSearchParams(all.filter(([name]) => !same.some((group) => name.startsWith(`${group}-`))));
    body.set("autosave", "1");
    body.set("sequence", next());
    for (const name of ["look_for", "listed_for"]) body.delete(name);
    return fetch(location.href, { method: "POST", body, redirect: "manual" });
  }

  // Another tab may have signed in again meanwhile. Returns whether this form may be sent now.
  async function freshToken() {
    const response = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const mark = page.getElementById("typing")?.dataset.writer;
    if (mark === writer) {
      form.elements.csrfmiddlewaretoken.value = page.querySelector("[name=csrfmiddlewaretoken]").value;
      return true;
    }
    if (mark) {
      say("another", ANOTHER);
    } else {
      const link = document.createElement("a");
      Object.assign(link, { href: box.dataset.signIn, target: "_blank", rel: "noopener" });
      link.textContent = "Sign in (in a new tab)";
      say("signed out", SIGNED_OUT);
      status.append(link);
    }
    return false;
  }

  async function saveItself() {
    if (!savesItself || isSending || isLeaving || !isDirty()) return;
    keepCopy();
    if (!navigator.onLine) {
      say("offline", OFFLINE);
      return;
    }
    isSending = true;
    try {
      let sent = words(pairs());
      let response = await post();
      if (response.status === 403 || response.type === "opaqueredirect") {
        if (!(await freshToken())) return;
        sent = words(pairs());
        response = await post();
      }
      if (!response.ok) throw new Error(response.status);
      take(await response.json(), sent);
    } catch {
      if (!isLeaving) say("failed", FAILED);
    } finally {
      isSending = false;
    }
  }

  function take(answer, sent) {
    if (isLeaving) return;
    if (["clash", "gone"].includes(answer.outcome)) {
      savesItself = false;
      say(answer.outcome, answer.said);
      return;
    }
    saved = sent;
    if (answer.left.length) {
      keepCopy({ always: true });
      say("left", `${answer.said}, but not yet: ${answer.left.join("; ")}. That is kept on this device.`);
      return;
    }
    if (!isDirty()) forget(here + word);
    say("saved", answer.said);
  }

  setInterval(saveItself, EVERY);
  window.addEventListener("online", saveItself);
  window.addEventListener("offline", () => isDirty() && say("offline", OFFLINE));
  document.addEventListener("visibilitychange", () => document.hidden && saveItself());
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keepCopy(), 500);
    if (lastKind === "saved" || lastKind === "") status.textContent = "Not saved yet";
  });
  window.addEventListener("pagehide", () => keepCopy());
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isDirty()) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false;
  });

  // Saving by a button or a key, after which the page stands where it stood.

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keepCopy();
    form.elements.sequence.value = next();
    isLeaving = true;
    const [one, y] = [document.activeElement, window.scrollY];
    const place = { path: location.pathname, y, id: one?.id, top: one?.getBoundingClientRect().top, at: Date.now() };
    if (["_save", "_publish"].includes(event.submitter?.name)) sessionStorage.setItem(PLACE, JSON.stringify(place));
  });
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!isSave) return;
    const button = form.querySelector('input.default[name="_save"]');
    event.preventDefault(); // nobody wants the page as a file
    if (savesItself || location.pathname.endsWith("/add/")) button?.click();
  });
  comeBack(status);

  // What was left on this device

  function offerCopy() {
    const [key] = copies()
      .filter((one) => one.startsWith(here) && one !== here + word)
      .sort((one, other) => copyAt(other).at - copyAt(one).at);
    offer.hidden = !key;
    if (!key) return;
    const copy = copyAt(key);
    const day = new Date(copy.at).toDateString() === new Date().toDateString() ? "" : ` (${new Date(copy.at).toDateString()})`;
    offer.querySelector("[data-typing-offer-text]").textContent =
      `You have unsaved text of ${timeOf(copy.at)}${day} on this device.`;
    offer.querySelector("[data-typing-take]").onclick = () => putBack(copy);
    offer.querySelector("[data-typing-drop]").onclick = () => {
      forget(key);
      offerCopy();
    };
  }

  // The portal shows it in the form, with its rows, and saves nothing.
  function putBack(copy) {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: location.href, hidden: true });
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const [name, value] of [...copy.fields, ["_back", "1"], ["csrfmiddlewaretoken", token]]) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      again.append(field);
    }
    document.body.append(again);
    isLeaving = !isDirty(); // what is written here by now is asked about
    again.submit();
  }

  for (const key of copies().filter((one) => one.startsWith(`${COPIES} ${writer} `))) {
    const copy = copyAt(key);
    const isThere = copy.form === savedForm && copy.sequence <= Number(savedSequence) && copy.sequence > 0;
    if (isThere || (key.startsWith(here) && words(copy.fields) === opened && !wasSent)) forget(key);
  }
  if (!wasSent) offerCopy();
  form.addEventListener("focusin", (event) => count(event.target, said));
  form.addEventListener("input", (event) => count(event.target, said));
}

// After a save: where one was, with what was said at the top beside the buttons, too.
function comeBack(status) {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch {
    return;
  }
  const message = document.querySelector(".messagelist li:not(.error)");
  const isHere = place?.path === location.pathname && Date.now() - place.at < 60_000;
  if (!isHere || !message || document.querySelector(".messagelist .error, .faults")) return;
  status.textContent = message.textContent.trim();
  const one = document.getElementById(place.id);
  one?.focus({ preventScroll: true });
  // What stands above it may be longer than it was.
  if (one) window.scrollBy(0, one.getBoundingClientRect().top - place.top);
  else window.scrollTo(0, place.y);
}

// How long a line is, of a field that may be so long only. Read out near its end, once one stops.
let countTimer;
function count(field, said) {
  if (!(field.maxLength > 0) || !field.matches("textarea, input[type=text], input[type=url]")) return;
  let line = field.parentElement.querySelector(".typing-count");
  if (!line) {
    line = Object.assign(document.createElement("span"), { className: "typing-count" });
    line.setAttribute("aria-hidden", "true"); // the help says how many there may be
    field.after(line);
  }
  const left = field.maxLength - field.value.length;
  line.textContent = `${field.value.length} of ${field.maxLength}`;
  line.classList.toggle("is-near", left <= 20);
  clearTimeout(countTimer);
  if (left > 20) return;
  countTimer = setTimeout(() => {
    said.textContent = `${left} ${left === 1 ? "character" : "characters"} left`;
  }, 1500);
}

const box = document.getElementById("typing");
if (box) window.addEventListener("load", () => start(box));

// Passkeys. A form with data-passkey ("create" or "get") carries the server's options in data-options, or where to
// fetch them in data-options-url. Until this script runs, its button is hidden and its note says that it has to.
"use strict";

const IP_ADDRESS = /^[\d.]+$|:/;

function obstacle() {
  if (IP_ADDRESS.test(location.hostname.replace(/[[\]]/g, ""))) {
    return `Passkeys need a name in the address bar. “${location.hostname}” is a number; on your own machine, ` +
      "open the same page under “localhost”.";
  }
  if (!window.isSecureContext) return "Passkeys need a secure address that begins with https.";
  if (!window.PublicKeyCredential) return "This browser has no passkeys. Use another browser, or another way.";
  return "";
}

function reason(error) {
  if (error.name === "NotAllowedError") return "No passkey was chosen, or it took too long. Try again.";
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  return "The passkey did not work. Try again, or use another way.";
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytes = (list) => (list || []).map((item) => ({ ...item, id: bytes(item.id) }));

async function create(options, passwordless) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless && { userVerification: "required" }),
    },
  };
  return navigator.credentials.create({ publicKey });
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  };
  return navigator.credentials.get({ publicKey });
}

function packed(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  });
}

async function optionsOf(form) {
  if (form.dataset.options) return Object.values(JSON.parse(form.dataset.options))[0].publicKey;
  const response = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).request_options.publicKey;
}

function prepare(form) {
  const button = form.querySelector("[data-passkey-button]");
  const note = form.querySelector("[data-passkey-note]");
  const say = (words) => {
    note.textContent = words;
    note.hidden = !words;
  };
  const why = obstacle();
  say(why);
  button.hidden = Boolean(why);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (why || button.disabled) return;
    button.disabled = true;
    say("");
    try {
      const options = await optionsOf(form);
      const isNew = form.dataset.passkey === "create";
      const credential = isNew ? await create(options, form.elements.passwordless.checked) : await get(options);
      form.elements.credential.value = packed(credential);
      form.submit();
    } catch (error) {
      say(reason(error));
      button.disabled = false;
    }
  });
}

document.querySelectorAll("[data-passkey]").forEach(prepare);

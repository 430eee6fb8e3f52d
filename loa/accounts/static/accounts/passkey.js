// Passkeys: asks the browser to make or use one, and sends its answer with the form around the button.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function decoded({ publicKey: key }) {
  const own = { ...key, challenge: bytes(key.challenge) };
  if (key.user) own.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) own.excludeCredentials = named(key.excludeCredentials);
  if (key.allowCredentials) own.allowCredentials = named(key.allowCredentials);
  return { publicKey: own };
}

function encoded(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults() };
}

async function options(form) {
  const place = form.dataset.passkeyOptions;
  if (!place.startsWith("/")) return JSON.parse(document.getElementById(place).textContent);
  const answer = await fetch(place, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).request_options;
}

async function use(form, said) {
  const field = form.querySelector("[data-passkey-answer], [name=credential], [name=step_up_passkey]");
  said.textContent = "";
  try {
    const credential = await navigator.credentials[form.dataset.passkey](decoded(await options(form)));
    field.value = JSON.stringify(encoded(credential));
    form.submit();
  } catch (error) {
    said.textContent = error.name === "InvalidStateError" ? said.dataset.known : said.dataset.stopped;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  if (window.PublicKeyCredential && window.isSecureContext) {
    form.querySelector("[data-passkey-offer]").hidden = false;
    form.querySelector("[data-passkey-button]").addEventListener("click", () => use(form, said));
  } else if (form.dataset.passkey === "create") {
    said.textContent = said.dataset.none;
  }
}

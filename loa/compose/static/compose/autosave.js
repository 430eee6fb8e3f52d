// Saves a draft by itself a moment after typing stops, on leaving a field and when the page is hidden; until the server
// has it, this machine keeps it. Without this, the button saves.
const PAUSE = 2000, LONGEST = 10000, TICK = 500, BEAT = 20000, PATIENCE = 15000;
const form = document.querySelector("form[data-autosave]");
const own = ["csrfmiddlewaretoken", "revision", "page"]; // say nothing of the text
const state = form.querySelector("[data-autosave-state]");
const here = document.querySelector("[data-here]");
const offer = document.querySelector("[data-local]");
const clash = document.querySelector("[data-clash]");
const words = state.dataset;
const key = form.dataset.localKey;
let latest = Number(form.elements.revision.value); // the field keeps what the page was made of
let known = typed(untouched()), seen = known, changedAt = 0, firstAt = 0, sending = null, retryAt = 0, failures = 0, beatAt = Date.now(), isOver = false;

function entries(of = form) {
  return [...new FormData(of)].filter(([name, value]) => typeof value === "string" && !/^(reason-|brought$|csrf)/.test(name));
}

function typed(of = form) {
  return JSON.stringify(entries(of).filter(([name]) => !own.includes(name)));
}

// The page as it came: somebody may have typed before this ran.
function untouched() {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}

function say(text) {
  state.textContent = text;
}

function store(more = {}) {
  try {
    localStorage.setItem(key, JSON.stringify({ entries: entries(), revision: latest, at: Date.now(), ...more }));
  } catch {
    // Full or forbidden: the server is asked all the same.
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget() {
  localStorage.removeItem(key);
}

async function send(isLeaving = false) {
  if (sending || isOver) return sending;
  const text = typed();
  const data = new FormData();
  for (const [name, value] of entries()) data.append(name, value);
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (!isLeaving) say(words.saving);
  const how = { method: "POST", body: data, headers: { Accept: "application/json" } };
  how[isLeaving && text.length < 20000 ? "keepalive" : "signal"] = isLeaving && text.length < 20000 ? true : AbortSignal.timeout(PATIENCE);
  sending = fetch(form.dataset.autosave, how).then((answer) => settle(answer, text), () => fail()).finally(() => { sending = null; });
  return sending;
}

async function settle(answer, text) {
  const isJson = answer.headers.get("content-type")?.includes("json");
  const said = isJson ? await answer.json().catch(() => ({})) : {}; // cut off as the page is left
  if (answer.ok && said.revision) {
    known = text;
    failures = retryAt = firstAt = 0;
    latest = said.revision;
    hear(said);
    clash.hidden = true;
    const isWhole = typed() === text; // else somebody has typed on meanwhile
    say(!isWhole ? words.unsaved : [words.saved.replace("{time}", said.saved_at), said.unread.length ? words.unread.replace("{parts}", said.unread.join(", ")) : ""].filter(Boolean).join(" · "));
    if (said.theirs.length) tellOf(said.theirs);
    if (!said.unread.length && isWhole) forget();
    return;
  }
  if (said.url) { // what was typed is kept beside the release
    known = text;
    firstAt = 0;
    clash.querySelector("p").textContent = said.sentence;
    clash.querySelector("a").href = said.url;
    clash.hidden = false;
    say(words.aside.replace("{time}", said.saved_at));
    forget();
    return;
  }
  fail(said.sentence ?? "", answer.status === 409);
}

function fail(sentence = "", isFinal = false) {
  failures += 1;
  isOver = isFinal;
  retryAt = Date.now() + Math.min(30000, 2000 * 2 ** failures);
  store();
  say(sentence || words.offline);
}

function hear(said) {
  here.textContent = said.here;
  here.hidden = !said.here;
  beatAt = Date.now();
}

function tellOf(parts) {
  const again = document.createElement("a");
  again.href = location.pathname;
  again.textContent = words.reload;
  state.append(" ", words.theirs.replace("{parts}", parts.join(", ")), " ", again);
}

function tick() {
  const now = Date.now(), text = typed();
  if (text !== seen) { seen = text; changedAt = now; if (text !== known && !failures) say(words.unsaved); }
  if (text !== known) {
    firstAt ||= now;
    if (changedAt === now || !stored()) store();
    if (now >= retryAt && (now - changedAt >= PAUSE || now - firstAt >= LONGEST)) send();
  } else if (state.textContent === words.unsaved) {
    say(""); // typed, and taken back
  } else if (document.visibilityState === "visible" && now - beatAt > BEAT) beat();
}

async function beat() {
  beatAt = Date.now();
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "page"]) data.append(name, form.elements[name].value);
  try {
    const answer = await fetch(form.dataset.hereUrl, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.ok) hear(await answer.json());
  } catch {
    // The next beat asks again.
  }
}

function now(isLeaving) {
  if (typed() === known) return;
  store();
  if (Date.now() >= retryAt) send(isLeaving);
}

function isAlike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// What this machine kept is offered where the page shows something else; it goes the way of the save button, where it
// meets whatever others have written since.
function offerBack() {
  const copy = stored();
  const isWord = ([name, value]) => value && !own.includes(name) && !/-(id|position|TOTAL_FORMS|INITIAL_FORMS)$/.test(name);
  const wentIn = copy?.isSent && form.dataset.ownLast !== undefined && latest > copy.revision;
  if (!copy || copy.isTaken || wentIn || isAlike(copy.entries.filter(isWord), entries(untouched()).filter(isWord))) { forget(); return; }
  const line = offer.querySelector("[data-local-words]");
  line.textContent = line.dataset.localWords.replace("{time}", new Date(copy.at).toLocaleTimeString(document.documentElement.lang));
  offer.hidden = false;
  offer.querySelector("[data-local-drop]").addEventListener("click", () => { forget(); offer.hidden = true; });
  offer.querySelector("[data-local-take]").addEventListener("click", () => {
    localStorage.setItem(key, JSON.stringify({ ...copy, isTaken: true }));
    const way = document.createElement("form");
    way.method = "post";
    way.enctype = "multipart/form-data";
    for (const [name, value] of [...copy.entries, ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      way.append(field);
    }
    way.hidden = true;
    document.body.append(way);
    way.submit();
  });
}

offerBack();
form.addEventListener("input", () => { if (!failures && !isOver) say(words.unsaved); });
setInterval(tick, TICK);
form.addEventListener("focusout", (event) => { if (!event.relatedTarget?.matches("[type=submit]")) now(false); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") now(true); });
addEventListener("pagehide", () => now(true));
addEventListener("pageshow", (event) => { if (event.persisted) { isOver = false; form.removeAttribute("aria-busy"); } }); // back to a page that was sent
addEventListener("online", () => { retryAt = 0; });
form.addEventListener("submit", async (event) => {
  if (typed() !== known) store({ isSent: true });
  isOver = true;
  if (!sending) return;
  event.preventDefault(); // the server must not hear two texts of one page at the same time
  form.setAttribute("aria-busy", "true");
  await sending;
  form.requestSubmit(event.submitter);
});

// Tells the portal what was done with a release: nothing of the reader, one small message a thing, at most once a visit.
const root = document.querySelector("[data-release]");
const told = new Set();
function tell(what, name = "") {
  const key = `${what} ${name}`;
  if (!root || told.has(key)) return;
  told.add(key);
  const body = new URLSearchParams({ r: root.dataset.release, e: what, v: name });
  navigator.sendBeacon?.("/seen", body);
}

const arrived = location.hash.match(/^#(n(?:[0-9]{1,9}(?:-[a-z]{2,3})?|p))$/);
if (arrived) {
  tell("arrive", arrived[1]);
  history.replaceState(null, "", location.pathname + location.search);
}

const NETWORKS = { "www.facebook.com": "facebook", "x.com": "x", "twitter.com": "x", "www.linkedin.com": "linkedin", "sp.zalo.me": "zalo", "zalo.me": "zalo", "t.me": "telegram" };
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href], button");
  if (!link || !root.contains(link) && !link.closest(".tools, .sender")) return;
  if (link.closest(".share")) return tell("share", link.matches("[data-share-copy]") ? "address" : link.matches("[data-share-device]") ? "device" : NETWORKS[link.hostname] ?? "mail");
  if (link.matches("[data-copy-as]")) return tell("copy");
  if (link.matches("button")) return;
  if (link.matches("[download], [type='application/pdf']")) return tell("download", link.closest(".tools") ? (link.type ? "pdf" : "zip") : "file");
  if (link.hostname && link.hostname !== location.hostname) tell("click", link.hostname);
}, { capture: true });
document.addEventListener("copy", () => { if (String(getSelection()).length > 40) tell("copy"); });

// Read: the end of the text was seen, and as much time passed in sight as a quick reader needs for a third of it.
const end = root?.querySelector(".prose")?.lastElementChild;
const needed = Math.min(60, Math.max(5, (root?.textContent.trim().split(/\s+/).length ?? 0) / 15)) * 1000;
let inSight = 0, since = document.hidden ? 0 : performance.now(), isAtEnd = false, timer;
function look() {
  if (since) { inSight += performance.now() - since; since = performance.now(); }
  if (isAtEnd && inSight >= needed) { tell("read"); clearInterval(timer); }
}
if (end) {
  new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) { isAtEnd = true; look(); } }).observe(end);
  document.addEventListener("visibilitychange", () => { look(); since = document.hidden ? 0 : performance.now(); });
  timer = setInterval(look, 1000);
}

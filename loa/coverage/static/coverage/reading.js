// A list in which the worker is reading a page: it is asked for again every two seconds until it is read, for a minute.
// Nothing is replaced while somebody is on a button in it. Without this, the link below the list asks again.
const find = (page) => page.querySelector("[data-clippings]");
let left = 30;

async function ask() {
  const shown = find(document);
  left -= 1;
  if (!document.hidden && !shown.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const next = answer.ok && find(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (!next) return;
      if (next.innerHTML !== shown.innerHTML) shown.innerHTML = next.innerHTML;
      if (!next.hasAttribute("data-clippings-reading")) return;
    } catch { /* the connection is away for a moment: ask again */ }
  }
  if (left > 0) setTimeout(ask, 2000);
}

setTimeout(ask, 2000);

// Figures that move: the part of the page marked data-live is asked for again every two seconds while it says so.
// Nothing is replaced while its reader is on a button in it. Without this, the link under the figures asks again.
const find = (page) => page.querySelector("[data-live]");

async function ask() {
  const shown = find(document);
  if (!document.hidden && !shown.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const next = answer.ok && find(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (!next) return location.reload(); // it is a draft again, or its reader was signed out
      if (next.innerHTML !== shown.innerHTML) shown.innerHTML = next.innerHTML;
      if (!next.hasAttribute("data-live-moving")) return undefined;
    } catch { /* the connection is away for a moment: ask again */ }
  }
  return setTimeout(ask, 2000);
}

setTimeout(ask, 2000);

// What stands in a page, as the browser read it, that no page of ours has: lines that say what.
() => {
  const found = [];
  const runs = new RegExp("^[\\u0000-\\u0020]*(javascript|vbscript|data|blob|filesystem|file|feed|jar|livescript|mocha|view-source):", "i");
  const carriers = ["href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href", "srcset"];
  const foreign = ["iframe", "frame", "object", "embed", "base", "applet", "portal", "fencedframe"];
  const isOwn = (address) => new URL(address || "/", location).origin === location.origin;
  const isShut = (frame) => frame.getAttribute("sandbox") === "" && isOwn(frame.getAttribute("src")); // a mail being looked at
  const isPart = (name) => /^\w+__/.test(name ?? ""); // of a component of ours

  function faultsOf(node) {
    const tag = node.localName, get = (name) => node.getAttribute(name);
    const isData = ["application/ld+json", "importmap"].includes(node.type);
    return [
      [...node.attributes].some(({ name }) => /^on/i.test(name) || name === "srcdoc"), "runs",
      carriers.some((name) => runs.test((get(name) ?? "").replace(/[\t\r\n]/g, "")))
        && !(tag === "img" && get("src").startsWith("data:image/")) && !(tag === "link" && get("href") === "data:,"), "address",
      tag === "script" && !isData && !(get("src") && isOwn(get("src"))), "script",
      (foreign.includes(tag) && !isShut(node)) || (tag === "meta" && /refresh|policy/i.test(node.httpEquiv)), "element",
      tag === "form" && !isOwn(get("action")), "form",
      tag === "link" && node.relList.contains("stylesheet") && !isOwn(get("href")), "sheet",
      node.parentElement?.closest(".prose") && !node.closest(".ProseMirror") && !isPart(get("class"))
        && (get("id") ?? get("name") ?? get("class") ?? get("style")) !== null, "named",
    ];
  }

  for (const node of document.querySelectorAll("*")) {
    const faults = faultsOf(node);
    for (let at = 0; at < faults.length; at += 2) {
      if (faults[at]) found.push(`${faults[at + 1]}: ${node.cloneNode(false).outerHTML.slice(0, 160)}`);
    }
  }
  for (const data of document.querySelectorAll("script[type='application/ld+json']")) {
    try { JSON.parse(data.textContent); } catch { found.push(`not JSON: ${data.textContent.slice(0, 160)}`); }
  }
  return found;
}

"""Notices in a browser whatever runs, opens, loads or would, that is not of the page's own making."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

# In every frame, before anything of the page: whatever is called says so, and the policy's complaints are told.
WATCH = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (said) => { tripped(name, String(said)); };
}
window.xss = (number) => { tripped("xss", String(number)); };
addEventListener("securitypolicyviolation", (event) => {
  tripped("policy", `${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
STRANGE = Path(__file__).with_suffix(".js").read_text()


@dataclass
class Tripwire:
    """A browser's window that is watched; `hits` are lines of what tripped it."""

    context: BrowserContext
    origin: str
    hits: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Begin, before the first page."""
        self.context.expose_binding("tripped", self._tripped)
        self.context.add_init_script(WATCH)
        self.context.route(re.compile(rf"^(?!{re.escape(self.origin)}/|data:|blob:|about:)"), self._stop)

    def _tripped(self, source: dict[str, Any], way: str, said: str) -> None:
        self.hits.append(f"{source['page'].url}: {way} {said}")

    def _stop(self, route: Route) -> None:
        self.hits.append(f"{route.request.frame.url}: asked {route.request.url}")
        route.abort()

    def page(self) -> Page:
        """Return a new page; a dialog on it is a hit."""

        def opened(dialog: Dialog) -> None:
            self.hits.append(f"dialog {dialog.message}")
            dialog.dismiss()

        made = self.context.new_page()
        made.on("dialog", opened)
        return made

    def look(self, page: Page, what: str = "") -> None:
        """Note what is strange on a page that is open."""
        self.hits += [f"{what or page.url}: {line}" for line in page.evaluate(STRANGE)]


@contextmanager
def tripwire(browser: Browser, origin: str, *, has_policy: bool = True) -> Iterator[Tripwire]:
    """Such a window; without the policy nothing keeps markup from what it would do."""
    context = browser.new_context(base_url=origin, bypass_csp=not has_policy)
    made = Tripwire(context, origin)
    made.watch()
    yield made
    context.close()

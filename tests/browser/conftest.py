"""A portal of its own, served by `loa serve` from an empty LOA_HOME, and the people who open it in Chromium."""

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests import homes
from tests.browser.people import Meet, Person, Site
from tests.conftest import PASSWORD

OPERATOR = "lan@globalvn.example"
PATIENCE = 90_000  # milliseconds; a busy machine is slow, not wrong
NAMES = ("chromium", "chromium-browser", "google-chrome")
# With every window Chromium draws pages of its own for its address bar, in processes of their own, which nobody sees.
# What Playwright switches off is said once more: of two such lists Chromium reads the last.
NOT_NEEDED = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
]  # fmt: skip
# Three of them keep Chromium from calling home: tests speak to loopback alone.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--disable-features={','.join(NOT_NEEDED)}"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system; without it a counted skip, and a failure under CI."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        sentence = "Chromium is not installed, so the browser tests did not run (sudo apt install chromium)."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty portal as `loa init` makes it, served by `loa serve`, worker and all."""
    with served(tmp_path_factory.mktemp("site")) as made:
        yield made


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Site]:
    """Such a portal in a folder, with settings of its own."""
    port = homes.free_port()
    made = Site(f"http://127.0.0.1:{port}", folder / "home", OPERATOR)
    homes.begin(made.home, name="GlobalVN", email=OPERATOR, password=PASSWORD)
    # Most walks want a release out when the button was pressed.
    own = {"LOA_UNDO": "0"} | settings | {"LOA_PORT": str(port), "LOA_ORIGIN": made.origin}
    environment = homes.environment(made.home, **own)
    log = folder / "serve.log"
    with log.open("wb") as out:
        serving = subprocess.Popen([*homes.LOA, "serve", "--workers", "1"], env=environment, cwd=folder, stderr=out)
    try:
        made.supervisor = serving.pid
        wait_until_ready(made.origin, serving, log)
        yield made
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(timeout=180)
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_until_ready(origin: str, serving: subprocess.Popen[bytes], log: Path) -> None:
    """Ask `/readyz` until database, index and worker are there."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        assert serving.poll() is None, log.read_text()
        with suppress(OSError), urllib.request.urlopen(f"{origin}/readyz", timeout=20) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"not ready: {log.read_text()}")


@pytest.fixture
def meet(browser: Browser, site: Site) -> Iterator[Meet]:
    """Return a maker of people, each with a browser profile of their own; a script that fails ends the test."""
    yield from people_at(browser, site)


def people_at(browser: Browser, site: Site) -> Iterator[Meet]:
    """Such a maker for a portal, which closes their browsers in the end and tells what they complained of."""
    people: list[Person] = []

    def make(name: str, email: str = "", *, has_scripts: bool = True) -> Person:
        context = browser.new_context(
            base_url=site.origin,
            locale="vi-VN",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=has_scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE)
        people.append(Person(name, email or f"{name.lower()}@example.vn", site, context.new_page()))
        return people[-1]

    yield make
    complaints = [f"{person.name}: {line}" for person in people for line in person.complaints]
    for person in people:
        with suppress(Error):
            person.page.context.close()
    assert not complaints, "\n".join(complaints)

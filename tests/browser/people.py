"""What people do on the portal, as they do it: pages opened, fields filled, buttons pressed, mail read."""

import email
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests import homes
from tests.conftest import PASSWORD

LINK = re.compile(r"https?://\S+")


@dataclass
class Site:
    """A portal being served."""

    origin: str
    home: Path
    operator: str
    supervisor: int = 0  # the process `loa serve`

    @contextmanager
    def resting_worker(self) -> Iterator[None]:
        """The worker does nothing meanwhile, as one that has not come to it yet."""
        children = Path(f"/proc/{self.supervisor}/task/{self.supervisor}/children").read_text().split()
        (worker,) = [int(one) for one in children if b"\0worker\0" in Path(f"/proc/{one}/cmdline").read_bytes()]
        os.kill(worker, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(worker, signal.SIGCONT)

    def beside(self, module: str, *words: str) -> str:
        """Run a program on the portal's home, for what no page does; all it said."""
        about = homes.environment(self.home, LOA_ORIGIN=self.origin, LOA_UNDO="0")
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, env=about, cwd=homes.ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def has_written_to(self, to: str) -> bool:
        """Whether any letter to an address is in the outbox."""
        letters = (email.message_from_bytes(path.read_bytes()) for path in (self.home / "outbox").glob("*.eml"))
        return any(one["To"] == to for one in letters)

    def letter(self, to: str, subject: str, *, holds: str = "", seconds: float = 120) -> EmailMessage:
        """Wait for a letter in the outbox: to an address, with these words in its subject and its text."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for path in sorted((self.home / "outbox").glob("*.eml")):
                found = email.message_from_bytes(path.read_bytes(), policy=default)
                if found["To"] == to and subject in found["Subject"] and holds in text_of(found):
                    return found
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} about “{subject}”")


@dataclass
class Person:
    """Somebody with a browser of their own."""

    name: str
    email: str
    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        # A page that is gone or refused is what a test may look for; anything else said in red is a fault.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def opens(self, address: str, status: int = 200) -> None:
        """Go to an address, and see the answer expected there."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status}"

    def clicks(self, target: Locator) -> None:
        """Click, and where that leads to another page wait until its scripts have run, as who looks at it would."""
        target.click()
        expect(self.page.locator("form[aria-busy=true]")).to_have_count(0)  # until what is on its way has arrived
        self.page.wait_for_load_state()

    def presses(self, button: str) -> None:
        """Press a button in the text of the page."""
        self.clicks(self.page.locator("main").get_by_role("button", name=button, exact=True))

    def follows(self, link: str) -> None:
        """Follow a link in the text of the page."""
        self.clicks(self.page.locator("main").get_by_role("link", name=link, exact=True).first)

    @property
    def bar(self) -> Locator:
        """What stands above a preview: what is missing, and the ways on."""
        return self.page.get_by_role("complementary", name="Bản xem trước")

    def fills(self, fields: dict[str, str]) -> None:
        """Fill fields found by the name they are sent under."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    def chooses(self, options: dict[str, str]) -> None:
        """Choose from lists by the words shown."""
        for name, label in options.items():
            self.page.locator(f"main select[name='{name}']").select_option(label=label)

    def sees(self, *words: str) -> None:
        """Read these words on the page."""
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, *words: str) -> None:
        """Read the page and not find these words."""
        for text in words:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def fetches(self, address: str) -> str:
        """Read what stands at an address, as a machine does: past every cache of a browser."""
        return self.page.request.get(address).text()

    def waits_for_page(self, address: str, words: str, *, is_there: bool = True, seconds: float = 120) -> None:
        """Look at an address until the words are there, or are there no longer."""
        until = time.monotonic() + seconds
        while (words in self.fetches(address)) is not is_there:
            assert time.monotonic() < until, f"{address}: “{words}” {'never came' if is_there else 'stayed'}"
            time.sleep(0.1)

    def signs_up(self) -> None:
        """Make an account on the page for it, read the letter, and press the button of the page it leads to."""
        assert not self.site.has_written_to(self.email), f"another test has somebody called {self.name} here"
        self.fills({"name": self.name, "email": self.email, "password1": PASSWORD})
        self.page.locator("[name=terms]").check()
        self.sends()
        self.opens(link_in(self.site.letter(self.email, "", holds="/accounts/confirm-email/")))
        self.sends()

    def signs_in(self) -> None:
        """Open the door with address and password; who is inside since signing up gives the password once more.

        A link in a mail proves nothing where a fresh proof is asked for, as before a release goes out.
        """
        self.opens("/accounts/login/")
        if self.page.url == f"{self.site.origin}/desk/":
            self.page.goto("/accounts/reauthenticate/")
            self.fills({"step_up_password": PASSWORD})
            self.presses("Tiếp tục")
        else:
            self.fills({"login": self.email, "password": PASSWORD})
            self.sends()
        expect(self.page).to_have_url(f"{self.site.origin}/desk/")

    def makes_section(self, slug: str, name: str) -> None:
        """Add a heading of the portal, as an operator."""
        self.opens("/operator/sections")
        self.fills({"slug": slug, "name_vi": name})
        self.presses("Lưu")
        self.sees(name)

    def founds(self, name: str) -> None:
        """Make an organization, and arrive at its page."""
        self.opens("/desk/organizations/new")
        self.fills({"name": name})
        self.presses("Tạo tổ chức")
        self.sees(name)

    def begins(self) -> None:
        """Open an empty draft from the page of an organization."""
        self.presses("Viết thông cáo mới")
        self.page.wait_for_url(re.compile(r"/desk/releases/\w+$"))  # and its scripts

    def sends(self) -> None:
        """Press the first button of the page's first form, whatever it is called."""
        self.clicks(self.page.locator("main form button:not([type=button])").first)

    def writes(self, body: str) -> None:
        """Type at the beginning of the text in the editor."""
        self.page.locator("[contenteditable=true]").first.click()
        self.page.keyboard.insert_text(body)

    def pastes(self, body: str) -> None:
        """Copy plain text somewhere and paste it into the editor."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", body)
        self.page.locator("[contenteditable=true]").first.click()
        self.page.keyboard.press("Control+V")


Meet = Callable[..., Person]


def text_of(letter: EmailMessage) -> str:
    """Return the plain text of a letter."""
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


def path_of(address: str) -> str:
    """Return an address without its host."""
    return urlsplit(address).path


def link_in(letter: EmailMessage, holding: str = "") -> str:
    """Return the first link of a letter's text that holds the words."""
    found = next((link for link in LINK.findall(text_of(letter)) if holding in link), None)
    assert found, text_of(letter)
    return str(found)

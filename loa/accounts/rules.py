"""Questions about who signs in: which device asks, and where a passkey can live."""

import ipaddress
import re
from datetime import timedelta

from django.utils.translation import gettext as _

COOL_DOWN = timedelta(hours=24)  # after a recovery nothing is published for so long
STEP_UP = timedelta(minutes=5)  # so long a proof of who one is holds for publishing and its like

# In this order: Edge says Chrome too, Chrome says Safari, and every phone names the desktop it comes from.
BROWSERS = (
    ("coc_coc", "Cốc Cốc"), ("edg", "Edge"), ("opr/", "Opera"), ("samsungbrowser", "Samsung Internet"),
    ("zalo", "Zalo"), ("fban", "Facebook"), ("fxios", "Firefox"), ("firefox", "Firefox"), ("crios", "Chrome"),
    ("chrome", "Chrome"), ("safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iphone", "iPhone"), ("ipad", "iPad"), ("android", "Android"), ("windows", "Windows"), ("cros", "ChromeOS"),
    ("mac os", "macOS"), ("linux", "Linux"),
)  # fmt: skip
LONGEST_AGENT = 400  # characters of what a browser says of itself


def device_in_words(agent: str) -> str:
    """What signed in, as people call it: “Chrome trên Windows”; what is not known is said so."""
    said = agent.lower()
    browser = next((name for sign, name in BROWSERS if sign in said), "")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Thiết bị không rõ")


def may_have_passkeys(host: str, *, is_secure: bool, hosts: set[str]) -> bool:
    """Whether a browser and we both take a passkey for this host (WebAuthn Level 2, section 5.1.3).

    The host is a name a portal claims; a request's own word is not enough, since a portal may answer to any host.
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_secure and host in hosts and not _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_totp(code: str) -> bool:
    """Whether what was typed looks like the six digits of an app; spaces between are usual."""
    return bool(re.fullmatch(r"\d{6}", "".join(code.split())))

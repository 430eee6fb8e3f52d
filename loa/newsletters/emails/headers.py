"""What mail programs read of a newsletter: whose list it is, and the way out."""

from email.header import Header
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from loa.newsletters.models import Imprint
from loa.portals.models import Portal

NEWSLETTER, DIGEST = "newsletter", "digest"


def sender(portal: Portal) -> str:
    """Who it comes from: the portal's name at the installation's address."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return str(Address(portal.name, addr_spec=address)) if address else settings.DEFAULT_FROM_EMAIL


def of(portal: Portal, language: str, *, leave: str, kind: str, mark: str, imprint: Imprint | None) -> dict[str, str]:
    """The headers of one mail, or of all of them where `leave` is a slot.

    List-Id (RFC 2919) names one list a portal that never changes; leaving is one POST (RFC 2369, RFC 8058); the parts
    of Feedback-ID tell Gmail's postmasters issue, portal and stream apart. `Precedence: bulk` and the list's headers
    keep absence notes away (RFC 3834, section 2).
    """
    host = urlsplit(portal.address).hostname or "localhost"
    found = {
        "List-Id": f"{Header(portal.name, 'utf-8').encode()} <newsletter.{portal.slug}.{host}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{portal.link('/newsletter/issues', language)}>",
        "Feedback-ID": f"{mark}:{portal.slug}:{kind}:loa",
        "Precedence": "bulk",
        "Content-Language": language,
    }
    return {**found, **({"Reply-To": imprint.email} if imprint and imprint.email else {})}

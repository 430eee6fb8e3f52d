"""A portal is data: names, hosts, looks, and the texts its operator edits."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.portals.rules import ORIGIN
from loa.ui.language import SECOND, spoken


class Takes(models.TextChoices):
    """What becomes of a release that an organization of a sister wants to be listed here too."""

    NOTHING = "no", pgettext_lazy("cổng", "Không nhận")
    ASKED = "ask", _("Nhận, biên tập viên xem trước")
    STRAIGHT = "straight", _("Nhận thẳng")


class Portal(models.Model):
    """One public site."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    tagline = models.JSONField(default=dict)  # language → text
    language = models.CharField(max_length=8, default="vi")
    languages = models.JSONField(default=list, blank=True)  # its pages are offered in; empty: all the interface speaks
    place = models.JSONField(default=dict, blank=True)  # language → the country, region or city it is about
    country = models.CharField(max_length=2, default="VN")
    time_zone = models.CharField(max_length=64, default="Asia/Ho_Chi_Minh")
    accent = models.CharField(max_length=7, default="#b3261e")
    accent_dark = models.CharField(max_length=7, default="#ff8a7a")
    is_demonstration = models.BooleanField(default=False)
    pinned = models.CharField(max_length=16, blank=True)  # public id of the lead story; empty: the newest
    # scheme://host[:port] its links begin with; empty: LOA_ORIGIN. Never taken from a request, whose Host is anybody's.
    origin = models.CharField(max_length=270, blank=True, validators=[RegexValidator(ORIGIN)])

    is_listed = models.BooleanField(default=False)  # named at the foot of its sisters' pages
    logo = models.CharField(max_length=300, blank=True)  # a media address; shown beside the name
    licence = models.JSONField(default=dict, blank=True)  # language → the line of its licence, at the foot of pages
    responsible = models.CharField(max_length=160, blank=True)  # who answers for what it publishes, likewise
    takedown_hours = models.PositiveSmallIntegerField(default=24)  # a report is decided within (Decree 147/2024)
    calls_first = models.BooleanField(default=False)  # somebody telephones a sender before its first release goes out
    takes = models.CharField(max_length=8, choices=Takes.choices, default=Takes.NOTHING)
    contact_email = models.EmailField(blank=True)  # who answers clients; empty: every editor

    sisters: tuple["Portal", ...] = ()  # the listed others; filled in by `queries.by_host` alone

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages of the interface that its pages are offered in; its own is among them."""
        return tuple(one for one in spoken() if not self.languages or one in (self.language, *self.languages))

    def in_words(self, said: dict[str, str], language: str) -> str:
        """A text given per language: in this one, else in English, else in the portal's own, else in any."""
        ways = (language, self.language if language == self.language else SECOND, self.language, *said)
        return next((said[way] for way in ways if said.get(way)), "")

    @property
    def address(self) -> str:
        """Scheme and host that every full link to this portal begins with."""
        return self.origin or str(settings.LOA_ORIGIN)

    def link(self, path: str, language: str = "") -> str:
        """The full address of a path in a language; none said, or the portal's own: no prefix."""
        prefix = "" if language in ("", self.language) else f"/{language}"
        return f"{self.address}{prefix}{path}"


class PortalHost(models.Model):
    """A host name that leads to a portal; `*` answers for any host no other portal claims."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="hosts")
    host = models.CharField(max_length=253, unique=True)

    def __str__(self) -> str:
        return self.host


class StaticPage(models.Model):
    """A page the operator edits: about, pricing, terms, privacy, contact."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="pages")
    slug = models.SlugField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body_html = models.TextField(blank=True)
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "slug", "language"], name="page_once")]

    def __str__(self) -> str:
        return self.title


class AboutBlock(models.Model):
    """The portal's signed word about itself, under every release; one per language."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="abouts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body_html = models.TextField()
    person = models.CharField(max_length=120)
    office = models.CharField(max_length=120)
    portrait = models.CharField(max_length=300, blank=True)  # a media address

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "language"], name="about_once")]

    def __str__(self) -> str:
        return self.title

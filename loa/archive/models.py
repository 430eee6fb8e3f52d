"""The published record: entries, versions, notices. Versions and notices are never changed or removed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.lib.tokens import random_id, short_id


class State(models.TextChoices):
    """How readers find an entry."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Shows(models.TextChoices):
    """What there is to look at in the original's text."""

    NOTHING = ""
    PICTURES = "p"
    VIDEOS = "v"
    BOTH = "pv"


class Entry(models.Model):
    """A published release as readers see it, at one address for good."""

    public_id = models.CharField(max_length=16, unique=True, default=short_id)
    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    release_key = models.CharField(max_length=40, unique=True)  # the writing side's key; publishing twice shelves once
    kind = models.CharField(max_length=16)
    section = models.ForeignKey("topics.Section", models.PROTECT, related_name="+")
    topics = models.ManyToManyField("topics.Topic", related_name="+", blank=True)
    place = models.ForeignKey("places.Place", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PUBLISHED)
    published_at = models.DateTimeField(db_index=True)
    is_day_only = models.BooleanField(default=False)  # only the day of publication is known
    recorded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    views_before = models.PositiveIntegerField(default=0)  # counted elsewhere, before this record
    shows = models.CharField(max_length=2, choices=Shows.choices, default=Shows.NOTHING, blank=True)
    statement = models.TextField(blank=True)  # why it was withdrawn, for readers
    current = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")  # the original's latest text
    partners = models.ManyToManyField("organizations.Organization", related_name="+", blank=True)  # of a joint release
    replies = models.JSONField(default=list, blank=True)  # of those named in it: {key, name, text, at (ISO 8601)}

    is_elsewhere = False  # the page that shows it is another portal's: its links lead to its own (`told_apart`)

    class Meta:
        # Every list is read newest first; whole to its id, so that entries of one moment need no sorting.
        indexes = [
            models.Index(fields=["portal", "state", "-published_at", "-id"], name="entry_newest"),
            models.Index(fields=["section", "state", "-published_at", "-id"], name="entry_of_section"),
            models.Index(fields=["organization", "state", "-published_at", "-id"], name="entry_of_organization"),
            # With the kind, for the counts of places are read from it alone.
            models.Index(fields=["place", "portal", "state", "-published_at", "-id", "kind"], name="entry_of_place"),
            models.Index(fields=["organization", "state", "kind", "-published_at", "-id"], name="entry_of_kind"),
            models.Index(fields=["organization", "state", "shows", "-published_at", "-id"], name="entry_that_shows"),
            # What was withdrawn lately, of everything, a section or an organization: feeds tell of it for a month.
            models.Index(
                fields=["portal", "-changed_at", "-id", "section", "organization", "kind"],
                condition=models.Q(state=State.WITHDRAWN),
                name="entry_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Licence(models.TextChoices):
    """What anyone may do with a text and its pictures without asking."""

    CREDIT = "credit", _("Được đăng lại miễn phí, ghi rõ nguồn")
    CC_BY = "cc-by", _("Creative Commons Ghi công (CC BY 4.0)")
    CC_BY_SA = "cc-by-sa", _("Creative Commons Ghi công, chia sẻ tương tự (CC BY-SA 4.0)")
    RESERVED = "reserved", _("Giữ mọi quyền")


class Availability(models.TextChoices):
    """Whether a product can be had."""

    IN_STOCK = "in_stock", _("Có sẵn")
    PRE_ORDER = "pre_order", _("Nhận đặt trước")
    FROM_DAY = "from_day", _("Bán từ một ngày")
    LIMITED = "limited", _("Số lượng có hạn")
    DISCONTINUED = "discontinued", _("Ngừng bán")


class Version(models.Model):
    """One text an entry has shown, in one language, numbered from 1; append-only.

    The lists and `facts` hold plain values as they were read: a person or partner may change their name later.
    quotes {id, text, name, role, person, is_confirmed} · documents {number, date, issuer, title, url} ·
    partners {slug, name, website} · videos, attachments: as `media` describes a file ·
    facts: what belongs to the kind (`loa.archive.sheet`).
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    slug = models.SlugField(max_length=100)
    headline = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    lead = models.TextField(blank=True)
    body_html = models.TextField()
    body_text = models.TextField()
    dateline = models.CharField(max_length=160, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)
    contact = models.TextField(blank=True)
    pictures = models.JSONField(default=list)  # {url, width, height, bytes, alt, caption, credit, …}; cover first
    videos = models.JSONField(default=list)
    attachments = models.JSONField(default=list)
    quotes = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    licence = models.CharField(max_length=16, default=Licence.CREDIT, blank=True)
    is_ai = models.BooleanField(default=False)  # a model wrote it, whole or in part
    translates = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # the text it was made from
    reason = models.CharField(max_length=300, blank=True)  # why this version followed the last
    note = models.TextField(blank=True)  # the public note about it
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    salt = models.CharField(max_length=40, default=random_id)
    digest = models.CharField(max_length=64)  # SHA-256 over salt and canonical text
    shelved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.number}"


class Translation(models.Model):
    """The text readers find now in a language other than the original's."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=12)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.language}"


class Occasion(models.Model):
    """When an entry's event takes place; made anew from each text, so that the calendar needs no reading of texts."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="occasion")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)  # the start where no end was given
    places = models.ManyToManyField("places.Place", related_name="+", blank=True)  # its venues' and the entry's

    class Meta:
        # What goes on now is found among all that is still to end from this alone.
        indexes = [models.Index(fields=["ends_at", "starts_at", "entry"], name="occasion_under_way")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.starts_at:%Y-%m-%d}"


class Quotation(models.Model):
    """Who said what, in the role of that day; made anew from each text in its language."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="quotations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey("organizations.Spokesperson", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    is_confirmed = models.BooleanField(default=False)  # the speaker agreed to these words

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "language", "position"], name="quotation_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"


class OldAddress(models.Model):
    """Where an entry stood before it came here; its own address is the one there is now (301).

    Host and path as `rules.old_address` reads them; no host: whichever this portal answers to.
    """

    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="+")
    host = models.CharField(max_length=253, blank=True)
    path = models.CharField(max_length=500)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="old_addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "path", "host"], name="old_address_once")]

    def __str__(self) -> str:
        return f"{self.host}{self.path}"


class CrossListing(models.Model):
    """That a sister's lists lead to an entry too, or were asked to; its text stands at its own portal alone."""

    class State(models.TextChoices):
        """Where it stands; what a sister refused or took out is not asked of it again."""

        ASKED = "asked", _("chờ biên tập viên ở đó")
        LISTED = "listed", _("đang có trong danh sách")
        REFUSED = "refused", _("không được nhận")
        REMOVED = "removed", _("đã bị gỡ")
        TAKEN_BACK = "taken_back", _("tổ chức đã thôi")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="cross_listings")
    portal = models.ForeignKey("portals.Portal", models.PROTECT, related_name="+")
    section = models.ForeignKey("topics.Section", models.SET_NULL, null=True, related_name="+")  # of that portal
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "portal"], name="cross_listing_once")]
        indexes = [models.Index(fields=["portal", "state", "entry"], name="cross_listing_of_portal")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.portal_id} {self.state}"


class Notice(models.Model):
    """One thing that happened to an entry; the id is its place on the wire, and id order is commit order."""

    class Kind(models.TextChoices):
        """What happened."""

        PUBLISHED = "published"
        CORRECTED = "corrected"
        TRANSLATED = "translated"
        WITHDRAWN = "withdrawn"
        RESTORED = "restored"
        LISTED = "listed"  # a sister's lists lead to it, or do no longer; its text is what it was
        BROUGHT_IN = "brought_in"  # published elsewhere, before: to be found here, and news to nobody

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="notice_of_kind")]  # what was withdrawn lately

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class NoticeNumber(models.Model):
    """The last number given out; its row lock makes number order commit order on PostgreSQL too."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)

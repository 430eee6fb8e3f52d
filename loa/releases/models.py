"""The work in hand; private until published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.archive.models import Licence
from loa.lib.tokens import random_id
from loa.releases.states import Hold, State


class Kind(models.TextChoices):
    """What a release tells."""

    NEWS = "news", _("Tin")
    EVENT = "event", _("Sự kiện")
    PRODUCT = "product", _("Sản phẩm")
    APPOINTMENT = "appointment", _("Bổ nhiệm")
    RESULTS = "results", _("Kết quả kinh doanh")
    REPORT = "report", _("Báo cáo")
    STATEMENT = "statement", _("Tuyên bố")
    SOURCED = "sourced", _("Tin dẫn nguồn")
    LIFE = "life", _("Chuyện trong nhà (trang tổ chức)")


class Release(models.Model):
    """A release as its organization writes it."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.NEWS)
    language = models.CharField(max_length=12, default="vi")
    headline = models.CharField(max_length=300, blank=True)
    subtitle = models.CharField(max_length=300, blank=True)
    lead = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    section = models.ForeignKey("topics.Section", models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField("topics.Topic", blank=True, related_name="+")
    place = models.ForeignKey("places.Place", models.SET_NULL, null=True, blank=True, related_name="+")
    dateline = models.CharField(max_length=160, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)
    contact = models.TextField(blank=True)
    pictures = models.JSONField(
        default=list, blank=True
    )  # these lists and facts: as `loa.archive.models.Version` has them
    videos = models.JSONField(default=list, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    quotes = models.JSONField(default=list, blank=True)
    documents = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    licence = models.CharField(max_length=16, choices=Licence.choices, default=Licence.CREDIT)
    is_ai = models.BooleanField(default=False)  # a model wrote the text, whole or in part, as its sender declares
    sent_back_reason = models.TextField(blank=True)  # the last one; its moderator reads it beside the new text
    sent_back_words = models.JSONField(default=dict, blank=True)  # {field: what it said when it was sent back}
    entry = models.ForeignKey("archive.Entry", models.PROTECT, null=True, related_name="+")
    # The agency that writes it for the organization, and pays for it; none where its own people do.
    agency = models.ForeignKey("organizations.Organization", models.PROTECT, null=True, related_name="+")
    is_by_desk = models.BooleanField(default=False)  # the portal's editors write it; its owner confirms the text
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    # Whoever sent it or chose its time last: it goes out while they write for its organization.
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)  # not before; none: as soon as it may
    publish_zone = models.CharField(max_length=64, blank=True)  # whose clocks it was said in; empty: nobody chose it
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    held_for = models.CharField(max_length=12, choices=Hold.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="release_queue"),
            models.Index(fields=["state", "publish_at"], name="release_due"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Partnership(models.Model):
    """Another organization named as a sender of a joint release; it goes out only when everyone agreed."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="partnerships")
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_agreed = models.BooleanField(default=False)  # says nothing before `answered_at`
    text_digest = models.CharField(max_length=64, blank=True)  # of the text they answered; another text asks again

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "organization"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.release_id}+{self.organization_id}"


class Confirmation(models.Model):
    """What the owner of an organization said to a text the portal's editors wrote for it."""

    release = models.OneToOneField(Release, models.CASCADE, related_name="confirmation")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_confirmed = models.BooleanField(default=False)  # says nothing before `answered_at`
    wish = models.TextField(blank=True)  # what they want changed
    text_digest = models.CharField(max_length=64, blank=True)  # of the text they answered; another text asks again

    def __str__(self) -> str:
        return f"{self.release_id}"


class Approval(models.Model):
    """What somebody who was asked said to a text before it is sent: a member, or a person without an account."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="approvals")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)  # of who has no account; else empty
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # of the link in the mail
    answered_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(default=False)  # says nothing before `answered_at`
    wish = models.TextField(blank=True)  # what they want changed
    text_digest = models.CharField(max_length=64, blank=True)  # of the text they answered; another text asks again
    revision = models.PositiveIntegerField(default=0)  # the number of that text

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "email"], name="approval_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.public_id[:8]}"


class EarlyReader(models.Model):
    """Somebody who may read a release before its time, by a link of their own."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="early_readers")
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "email"], name="early_reader_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.public_id[:8]}"


class Opening(models.Model):
    """That an early reader agreed to the terms and was shown the text."""

    reader = models.ForeignKey(EarlyReader, models.CASCADE, related_name="openings")
    revision = models.PositiveIntegerField()  # the number of the text they were shown
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reader", "opened_at"], name="early_opening")]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.opened_at}"


class Translation(models.Model):
    """The text of a release in another language, in hand; private until published on its own."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    revision = models.PositiveIntegerField(default=1)
    headline = models.CharField(max_length=300, blank=True)
    subtitle = models.CharField(max_length=300, blank=True)
    lead = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    dateline = models.CharField(max_length=160, blank=True)
    contact = models.TextField(blank=True)
    quotes = models.JSONField(default=dict, blank=True)  # {quote id: {text, role}}
    pictures = models.JSONField(default=dict, blank=True)  # {picture url: {alt, caption}}
    facts = models.JSONField(default=dict, blank=True)  # {name of `rules.words_of_facts`: words in this language}
    made_from = models.PositiveIntegerField(default=0)  # the release's revision it was made from
    original = models.JSONField(default=dict, blank=True)  # {field: what the original said then}
    published_revision = models.PositiveIntegerField(default=0)  # of this translation; 0: never
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "language"], name="release_translation_once")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.language}"


class Answer(models.Model):
    """Why a writer leaves as it is what pre-flight found; its moderator reads it beside the finding."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="answers")
    check_name = models.CharField(max_length=20)
    key = models.CharField(max_length=20)  # of the finding: the same words in the same field
    what = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "key"], name="release_answer_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.check_name}"


class Way(models.TextChoices):
    """How a revision came to be."""

    FOUND = "found", _("Bản có từ trước")  # what stood there when the first one was written down
    BEGUN = "begun", pgettext_lazy("đã làm", "Bắt đầu viết")
    SAVED = "saved", pgettext_lazy("đã làm", "Lưu")
    AUTOSAVED = "autosaved", _("Tự lưu")
    MERGED = "merged", _("Ghép với bản của đồng nghiệp")
    MENDED = "mended", _("Sửa theo gợi ý")
    BROUGHT = "brought", pgettext_lazy("đã làm", "Lấy từ tệp")
    RESTORED = "restored", _("Lấy lại bản cũ")
    COPIED = "copied", _("Chép từ bản khác")
    CORRECTED = "corrected", pgettext_lazy("đã làm", "Đính chính")
    ASIDE = "aside", _("Giữ riêng, chưa vào bài")  # others had changed the same fields; nothing was saved over them
    SENT = "sent", _("Trang đã gửi")  # what an open page shows since its text came together with that of others


class Revision(models.Model):
    """What a release, or its text in another language, said at one moment, whole."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    release = models.ForeignKey(Release, models.CASCADE, related_name="revisions")
    language = models.CharField(max_length=12, blank=True)  # of a translation; empty: the release itself
    number = models.PositiveIntegerField()  # its revision; of what is kept aside, the one its writer had before them
    fields = models.JSONField(default=dict)  # as `queries.plain` gives them
    way = models.CharField(max_length=10, choices=Way.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()  # the first of the saves gathered in it
    saved_at = models.DateTimeField()
    is_submitted = models.BooleanField(default=False)  # kept for ever
    is_published = models.BooleanField(default=False)  # kept for ever
    page = models.CharField(max_length=40, blank=True)  # the open page that shows exactly this
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")  # what that page began from
    is_settled = models.BooleanField(default=False)  # a person has looked at both texts

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "language", "number"],
                condition=~models.Q(way__in=["aside", "sent"]),
                name="revision_once",
            ),
            models.UniqueConstraint(
                fields=["release", "page", "way"],
                condition=models.Q(way__in=["aside", "sent"], is_settled=False),
                name="revision_beside_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.language}/{self.number} {self.way}"


class Presence(models.Model):
    """A page somebody has open on a release."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="presences")
    page = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()  # the one it shows
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.release_id} {self.page[:8]}"


class LinkLook(models.Model):
    """What the worker found behind an address that a draft links to."""

    url = models.URLField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)  # of the address
    outcome = models.CharField(max_length=8)  # ok, dead, moved; empty where it could not be told
    leads_to = models.URLField(max_length=1000, blank=True)
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.outcome} {self.digest[:8]}"


class PublicLink(models.Model):
    """An address that a published release leads to, and what the worker finds behind it night after night."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    url = models.URLField(max_length=1000)
    digest = models.CharField(max_length=64)  # of the address
    host = models.CharField(max_length=255)
    answer = models.CharField(max_length=8, blank=True)  # as `look_at_links.look` says it; empty: not known yet
    leads_to = models.URLField(max_length=1000, blank=True)
    since = models.DateTimeField(null=True)  # when it was first found so
    nights = models.PositiveIntegerField(default=0)  # in a row in which it was found so
    looked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    is_left = models.BooleanField(
        default=False
    )  # its sender knows and leaves it as it is, until something else is found

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "digest"], name="public_link_once")]
        indexes = [
            models.Index(fields=["digest"], name="public_link_address"),
            models.Index(fields=["host", "due_at"], name="public_link_host"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.answer} {self.digest[:8]}"


class Template(models.Model):
    """A text that an organization keeps to begin releases with."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)  # as `queries.for_a_copy` gives them
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="template_once")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.name}"

"""IPTC Media Topics and the sections that gather them."""

from django.db import models


class Topic(models.Model):
    """An IPTC Media Topic (cv.iptc.org/newscodes/mediatopic), labels by language."""

    qcode = models.CharField(max_length=32, primary_key=True)
    labels = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="narrower")

    def __str__(self) -> str:
        return self.qcode

    def label(self, language: str) -> str:
        """The name in a language, else in English."""
        return str(self.labels.get(language) or self.labels.get("en") or self.qcode)


class Section(models.Model):
    """A portal's heading that gathers topics."""

    portal = models.ForeignKey("portals.Portal", models.CASCADE, related_name="sections")
    slug = models.SlugField()
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [models.UniqueConstraint(fields=["portal", "slug"], name="section_once")]

    def __str__(self) -> str:
        return self.name_vi

    def name(self, language: str) -> str:
        """The heading in a language of the interface."""
        return (self.name_en if language != "vi" else "") or self.name_vi

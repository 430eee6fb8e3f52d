"""Writes down who uses the files that are there, so that what was public stays public; asks for their renditions."""

import json
import re

from django.db import migrations
from django.utils import timezone

ADDRESS = re.compile(r"/media/([a-z2-7]{26})(?=[.-])")
WIDTHS = (320, 640, 960, 1440, 1920)


def name_owners(apps):
    """The demonstration's files once had owners of another form."""
    Picture = apps.get_model("media", "Picture")
    Organization = apps.get_model("organizations", "Organization")
    Release = apps.get_model("releases", "Release")
    for picture in Picture.objects.filter(owner_key__startswith="release:"):
        name = picture.owner_key.partition(":")[2]
        release = Release.objects.filter(public_id=f"demonstration-{name}").first()
        give(Picture, picture, release and release.organization_id)
    for picture in Picture.objects.filter(owner_key__startswith="organization:"):
        slug = picture.owner_key.partition(":")[2]
        if not slug.isdecimal():
            organization = Organization.objects.filter(slug=slug).first()
            give(Picture, picture, organization and organization.pk)


def give(Picture, picture, organization_id):
    key = f"organization:{organization_id}"
    if organization_id and not Picture.objects.filter(owner_key=key, digest=picture.digest).exists():
        picture.owner_key = key
        picture.save(update_fields=["owner_key"])


def let_out(apps, schema_editor):
    """One row for each file and each thing that shows it."""
    name_owners(apps)
    Entry = apps.get_model("archive", "Entry")
    Version = apps.get_model("archive", "Version")
    withdrawn = set(Entry.objects.filter(state="withdrawn").values_list("pk", flat=True))
    names = dict(Entry.objects.values_list("pk", "public_id"))
    versions = Version.objects.values_list("entry_id", "body_html", "pictures", "videos", "attachments")
    for entry_id, body, *lists in versions.iterator():
        note(apps, [body, json.dumps(lists)], f"entry:{names[entry_id]}", entry_id not in withdrawn)
    for release in apps.get_model("releases", "Release").objects.all().iterator():
        lists = [release.pictures, release.videos, release.attachments]
        note(apps, [release.body_html, json.dumps(lists)], f"release:{release.public_id}", False)
    for organization in apps.get_model("organizations", "Organization").objects.all():
        note(apps, [organization.logo], f"organization:{organization.pk}", True)
    for one in apps.get_model("organizations", "Spokesperson").objects.all():
        note(apps, [one.portrait], f"person:{one.public_id}", True)
    for about in apps.get_model("portals", "AboutBlock").objects.all():
        note(apps, [about.portrait, about.body_html], f"portal:{about.portal_id}", True)
    for page in apps.get_model("portals", "StaticPage").objects.all():
        note(apps, [page.body_html], f"portal:{page.portal_id}", True)


def note(apps, texts, key, is_public):
    Use = apps.get_model("media", "Use")
    files = {found for text in texts for found in ADDRESS.findall(text or "")}
    rows = [Use(file=file, key=key, is_public=is_public) for file in sorted(files)]
    Use.objects.bulk_create(rows, ignore_conflicts=True)


def ask_for_renditions(apps, schema_editor):
    """A row for each width and format of each picture."""
    Rendition = apps.get_model("media", "Rendition")
    now = timezone.now()
    for picture in apps.get_model("media", "Picture").objects.all().iterator():
        widths = [*(one for one in WIDTHS if one < picture.width), min(picture.width, WIDTHS[-1])]
        rows = [
            Rendition(picture=picture, width=width, format=form, not_before=now, state="pending")
            for width in widths
            for form in ("avif", "webp", "jpg")
        ]
        Rendition.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("compose", "0001_initial"),
        ("media", "0002_files_uses_renditions"),
        ("portals", "0002_origin"),
        ("organizations", "0002_people"),
        ("archive", "0002_whole_life"),
        ("releases", "0002_whole_life"),
    ]

    operations = [
        migrations.RunPython(let_out, migrations.RunPython.noop),
        migrations.RunPython(ask_for_renditions, migrations.RunPython.noop),
    ]

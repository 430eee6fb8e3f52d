"""Reads of what a release may begin with: skeletons of the kinds, and an organization's own templates."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loa.organizations.models import Organization
from loa.releases.models import Template

DATA = Path(__file__).parent.parent / "data"
SKELETONS = {code: tomllib.loads((DATA / f"skeletons.{code}.toml").read_text("utf-8")) for code in ("vi", "en")}
NO_BREAKS = re.compile(r">\n+<")


def skeleton(kind: str, language: str) -> dict[str, Any]:
    """The fields that a release of a kind begins with, its places to fill in brackets; KeyError for none such."""
    said = SKELETONS[language][kind]
    fields = {name: said[name].strip() for name in ("headline", "lead", "body_html")}
    return {**fields, "body_html": NO_BREAKS.sub("><", fields["body_html"]), "kind": kind, "language": language}


def press_contact(organization: Organization) -> str:
    """The first press contact of a newsroom on one line; places to fill in where it has none."""
    one = (organization.press_contacts or [{}])[0]
    said = ", ".join(filter(None, (str(one.get(name) or "") for name in ("name", "role", "phone", "email"))))
    return said or _("[họ tên], [điện thoại], [thư điện tử]")


def templates(organization: Organization) -> QuerySet[Template]:
    """What an organization keeps to begin releases with, by name."""
    return Template.objects.filter(organization=organization).order_by("name")

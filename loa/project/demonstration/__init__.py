"""The demonstration: GlobalVN and its sister GlobalDN, with invented organizations and their releases.

`content/` holds what is said, as JSON: portal.json (sections, about block, static pages),
organizations.json, releases-*.json, and newsletters.json (readers and issues); sister*.json the same of the sister,
which answers at a host name under .localhost. Every organization, person, address and figure is invented,
except in the oldest release, which retells a reported conference and names its source.
"""


def fill() -> None:
    """Fills an empty home; may run twice."""
    from loa.project.demonstration.filling import fill as filling

    filling()


def sister() -> str:
    """The sister's address at the port listened on now; empty where this is no demonstration."""
    from loa.project.demonstration.filling import keep_address

    return keep_address()


def accounts() -> list[str]:
    """A line for each account of the demonstration portal; none elsewhere."""
    from loa.portals.models import Portal
    from loa.project.demonstration.filling import AUTHOR, MODERATOR, password

    if not Portal.objects.filter(is_demonstration=True).exists():
        return []
    return [
        f"Điều hành, biên tập (operator, moderator): {MODERATOR}  {password()}",
        f"Tác giả (author):                         {AUTHOR}  {password()}",
    ]

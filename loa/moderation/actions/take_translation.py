"""Take a translation: the text in another language is published at once, unless it says what the original did not.

Else a harmless text could be let out, and say something else to those who read it in English.
"""

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Version
from loa.moderation.rules.again import READ, found, look
from loa.releases.actions.translate import publish_translation, translated
from loa.releases.errors import NotALanguage
from loa.releases.models import Release
from loa.releases.queries import translation


def take_translation(
    person: Person, release: Release, language: str, *, expected_revision: int, reason: str = "", note: str = ""
) -> Version:
    """Raises what `again.look` and `publish_translation` raise.

    Words that move prices are others in each language: where the original has any, a person has weighed them.
    """
    row = translation(release, language)
    if row is None:
        raise NotALanguage(language)
    before, after = ({name: getattr(text, name) for name in READ} for text in (release, translated(release, row)))
    look(person, release.organization, before=after if found(before) else before, after=after)
    return publish_translation(
        actor(person), release, language, expected_revision=expected_revision, reason=reason, note=note
    )

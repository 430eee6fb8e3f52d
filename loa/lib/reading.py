"""How long a text takes to read, in the measure of its script."""

from loa.lib import languages, vietnamese

# Letters a minute, silently. Chinese and Japanese: a little above reading aloud (IReST, Trauzettel-Klosinski and Dietz
# 2012: 255 and 357); the scripts of South-East Asia: 200 words of some four and a half letters.
_LETTERS_A_MINUTE = {"Hans": 300, "Hant": 300, "Jpan": 400, "Thai": 900, "Laoo": 900, "Khmr": 900, "Mymr": 900}


def minutes(text: str, language: str) -> int:
    """Whole minutes, halves up, at least one."""
    speed = _LETTERS_A_MINUTE.get(languages.get(language).script)
    if speed is None:
        return vietnamese.reading_minutes(text, language)
    letters = sum(character.isalnum() for character in text)
    return max(1, (2 * letters + speed) // (2 * speed))


def speed(language: str) -> tuple[int, bool]:
    """How much is read in a minute, and whether that is letters: else it is words, in Vietnamese syllables."""
    letters = _LETTERS_A_MINUTE.get(languages.get(language).script)
    return (letters, True) if letters else (vietnamese.speed(language), False)

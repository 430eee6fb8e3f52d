"""Which language a text is written in, by its script and its commonest words."""

import re
import unicodedata

from loa.lib import vietnamese

FEWEST = 12  # words; a shorter text says too little
_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "CYRILLIC": "ru", "DEVANAGARI": "hi", "BENGALI": "bn",
    "CJK": "zh-Hans",
}  # fmt: skip
_COMMON = {
    "en": "the of and to in a is for on with that by from as at are was will has its",
    "fr": "le la les de des et du un une en est que pour dans sur par avec au aux qui",
    "de": "der die das und den des von zu mit im ist für auf ein eine dem nicht auch als sich",
    "es": "el la los de y en que un una por con para del las se al es su como más",
    "it": "il la di che e un una per con del della in è i le sono da non al dei",
    "pt": "o a os de e que do da em um uma para com não no na por dos as se",
    "id": "yang dan di dari untuk dengan pada ini itu dalam akan tidak oleh sebagai adalah ke",
    "nl": "de het een van en in is dat op te voor met zijn aan niet door bij",
}
_WORDS = {code: set(words.split()) for code, words in _COMMON.items()}
# Letters only Vietnamese writes.
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_COMMON_VIETNAMESE = "cua va la cho cac nhung duoc trong voi mot khong nguoi theo ngay tai nam nay khi den"
_PLAIN_VIETNAMESE = set(_COMMON_VIETNAMESE.split())


def language_of(text: str) -> str:
    """A code of `languages`, or nothing where the text is short or says too little."""
    letters = [letter for letter in text[:8000] if letter.isalpha()]
    if other := _by_script(letters):
        return other
    words = [word.lower() for word in vietnamese.syllables(text[:8000])]
    if len(words) < FEWEST:
        return ""
    if sum(1 for word in words if _VIETNAMESE.search(word)) > len(words) / 5:
        return "vi"
    counts = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    plain = sum(word in _PLAIN_VIETNAMESE for word in words)
    if plain > len(words) / 8 and plain > counts[best]:
        return "vi"
    runner_up = max(count for code, count in counts.items() if code != best)
    return best if counts[best] > len(words) / 8 and counts[best] >= runner_up * 1.3 else ""


def _by_script(letters: list[str]) -> str:
    if len(letters) < 20:
        return ""
    found: dict[str, int] = {}
    for letter in letters[::7] if len(letters) > 700 else letters:
        script = unicodedata.name(letter, "").split(" ")[0]
        if script in _SCRIPTS:
            found[_SCRIPTS[script]] = found.get(_SCRIPTS[script], 0) + 1
    if "ja" in found:  # Japanese is written in Chinese characters too
        found["ja"] += found.pop("zh-Hans", 0)
    looked = len(letters[::7]) if len(letters) > 700 else len(letters)
    best = max(found, key=lambda code: found[code], default="")
    return best if best and found[best] > looked / 2 else ""

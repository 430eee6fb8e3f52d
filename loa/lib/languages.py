"""The languages a text may be written in: own name, script and direction, as data.

Codes are BCP 47 (RFC 5646) in their canonical case, the shortest that tells one from another: "zh-Hans", "pt".
"""

from dataclasses import dataclass

RIGHT_TO_LEFT = {"Arab", "Hebr"}
# Scripts written without spaces between words (ISO 15924).
UNSPACED = {"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"}


@dataclass(frozen=True, slots=True)
class Language:
    """One language; `vi` and `en` are what the interface calls it, `own` is what its readers call it."""

    code: str
    own: str
    vi: str
    en: str
    script: str = "Latn"

    @property
    def direction(self) -> str:
        """As HTML's `dir` has it."""
        return "rtl" if self.script in RIGHT_TO_LEFT else "ltr"


# The commonest here first; the rest by their English names.
ALL = (
    Language("vi", "Tiếng Việt", "tiếng Việt", "Vietnamese"),
    Language("en", "English", "tiếng Anh", "English"),
    Language("zh-Hans", "简体中文", "tiếng Trung (giản thể)", "Chinese (simplified)", "Hans"),
    Language("zh-Hant", "繁體中文", "tiếng Trung (phồn thể)", "Chinese (traditional)", "Hant"),
    Language("ja", "日本語", "tiếng Nhật", "Japanese", "Jpan"),
    Language("ko", "한국어", "tiếng Hàn", "Korean", "Kore"),
    Language("fr", "Français", "tiếng Pháp", "French"),
    Language("ar", "العربية", "tiếng Ả Rập", "Arabic", "Arab"),
    Language("bn", "বাংলা", "tiếng Bengal", "Bengali", "Beng"),
    Language("bg", "Български", "tiếng Bulgaria", "Bulgarian", "Cyrl"),
    Language("my", "မြန်မာဘာသာ", "tiếng Myanmar", "Burmese", "Mymr"),
    Language("cs", "Čeština", "tiếng Séc", "Czech"),
    Language("da", "Dansk", "tiếng Đan Mạch", "Danish"),
    Language("nl", "Nederlands", "tiếng Hà Lan", "Dutch"),
    Language("fil", "Filipino", "tiếng Filipino", "Filipino"),
    Language("fi", "Suomi", "tiếng Phần Lan", "Finnish"),
    Language("de", "Deutsch", "tiếng Đức", "German"),
    Language("el", "Ελληνικά", "tiếng Hy Lạp", "Greek", "Grek"),
    Language("he", "עברית", "tiếng Do Thái", "Hebrew", "Hebr"),
    Language("hi", "हिन्दी", "tiếng Hindi", "Hindi", "Deva"),
    Language("hu", "Magyar", "tiếng Hungary", "Hungarian"),
    Language("id", "Bahasa Indonesia", "tiếng Indonesia", "Indonesian"),
    Language("it", "Italiano", "tiếng Ý", "Italian"),
    Language("km", "ភាសាខ្មែរ", "tiếng Khmer", "Khmer", "Khmr"),
    Language("lo", "ພາສາລາວ", "tiếng Lào", "Lao", "Laoo"),
    Language("ms", "Bahasa Melayu", "tiếng Mã Lai", "Malay"),
    Language("mn", "Монгол", "tiếng Mông Cổ", "Mongolian", "Cyrl"),
    Language("ne", "नेपाली", "tiếng Nepal", "Nepali", "Deva"),
    Language("no", "Norsk", "tiếng Na Uy", "Norwegian"),
    Language("fa", "فارسی", "tiếng Ba Tư", "Persian", "Arab"),
    Language("pl", "Polski", "tiếng Ba Lan", "Polish"),
    Language("pt", "Português", "tiếng Bồ Đào Nha", "Portuguese"),
    Language("ro", "Română", "tiếng Romania", "Romanian"),
    Language("ru", "Русский", "tiếng Nga", "Russian", "Cyrl"),
    Language("sr", "Српски", "tiếng Serbia", "Serbian", "Cyrl"),
    Language("si", "සිංහල", "tiếng Sinhala", "Sinhala", "Sinh"),
    Language("sk", "Slovenčina", "tiếng Slovakia", "Slovak"),
    Language("es", "Español", "tiếng Tây Ban Nha", "Spanish"),
    Language("sv", "Svenska", "tiếng Thụy Điển", "Swedish"),
    Language("ta", "தமிழ்", "tiếng Tamil", "Tamil", "Taml"),
    Language("th", "ไทย", "tiếng Thái", "Thai", "Thai"),
    Language("tr", "Türkçe", "tiếng Thổ Nhĩ Kỳ", "Turkish"),
    Language("uk", "Українська", "tiếng Ukraina", "Ukrainian", "Cyrl"),
    Language("ur", "اردو", "tiếng Urdu", "Urdu", "Arab"),
)
_BY_CODE = {one.code.lower(): one for one in ALL}


def find(code: str) -> Language | None:
    """A language by its code, in any case; None where Loa does not know it."""
    return _BY_CODE.get(code.lower())


def get(code: str) -> Language:
    """The same; a code of another time or place stands for itself, written from left to right."""
    return find(code) or Language(code, code, code, code)


def name(code: str, language: str = "vi") -> str:
    """What a language is called in Vietnamese, in the middle of a sentence; in English for everybody else."""
    found = get(code)
    return found.vi if language == "vi" else found.en


def own_name(code: str) -> str:
    """What its readers call it."""
    return get(code).own


def is_unspaced(code: str) -> bool:
    """Whether it is written without spaces between words."""
    return get(code).script in UNSPACED

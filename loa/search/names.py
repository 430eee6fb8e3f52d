"""What readers may call things in a query: the names of limits, kinds and languages, with or without marks."""

from loa.lib import languages
from loa.lib.vietnamese import fold

# Every name stands before a colon: "org:", "tổ chức:", "to chuc:".
LIMITS = {
    "organization": ("org", "organization", "tổ chức", "đơn vị", "doanh nghiệp"),
    "topic": ("topic", "chủ đề", "đề tài"),
    "place": ("place", "nơi", "địa phương", "tỉnh", "thành phố"),
    "language": ("lang", "language", "ngôn ngữ", "tiếng"),
    "kind": ("kind", "type", "loại", "thể loại"),
    "from": ("from", "since", "từ", "từ ngày"),
    "before": ("before", "trước", "trước ngày"),
    "after": ("after", "sau", "sau ngày"),
    "to": ("to", "until", "đến", "đến ngày"),
}
_KINDS = {
    "news": ("news", "tin", "tin tức"),
    "event": ("event", "events", "sự kiện"),
    "product": ("product", "products", "sản phẩm"),
    "appointment": ("appointment", "appointments", "bổ nhiệm", "nhân sự"),
    "results": ("results", "kết quả kinh doanh", "kết quả", "kqkd"),
    "report": ("report", "reports", "báo cáo"),
    "statement": ("statement", "statements", "tuyên bố"),
    "sourced": ("sourced", "tin dẫn nguồn", "dẫn nguồn"),
    "life": ("life", "chuyện trong nhà"),
}
KIND_OF = {fold(name): kind for kind, names in _KINDS.items() for name in (kind, *names)}

# Folded words that ask, or join what is asked: of a long question they need not be there.
QUESTION_WORDS = frozenset(
    [
        *("la", "ai", "gi", "nao", "o", "dau", "bao", "nhieu", "khi", "the", "cua", "co", "duoc", "cac", "nhung", "va"),
        *("thi", "ma", "vi", "sao", "tai", "nhu", "cho", "bi", "da", "se", "trong", "voi", "tu", "den", "what", "who"),
        *("whom", "where", "when", "why", "how", "which", "is", "are", "was", "were", "of", "and", "a", "an", "to"),
        *("in", "on", "for", "by", "from", "with"),
    ]
)


def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in reversed(languages.ALL):  # the commonest come first and have the last word
        for name in (one.code, one.own, one.vi, one.en, one.vi.removeprefix("tiếng ")):
            found[fold(name)] = one.code
    return found | {"trung": "zh-Hans", "tieng trung": "zh-Hans", "chinese": "zh-Hans", "zh": "zh-Hans"}


LANGUAGE_OF = _languages()

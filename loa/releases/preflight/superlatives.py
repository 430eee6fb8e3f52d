"""Superlatives that the Law on Advertising (16/2012/QH13, article 8.11) lets nobody use without proof."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.lib import vietnamese
from loa.releases.preflight.draft import Draft, Finding, around

_QUALITY = (
    "tốt|uy tín|hiện đại|tiên tiến|chất lượng|rẻ|an toàn|hiệu quả|nhanh|mạnh|đẹp|sang trọng|chuyên nghiệp|đáng tin cậy|"
    "lớn|bền|thông minh|cao cấp|ưu việt|hoàn hảo"
)
_BOAST = re.compile(
    rf"\b(?:(?:{_QUALITY}) nhất|duy nhất|số một|số 1|hàng đầu|đệ nhất|độc nhất|có một không hai)\b"
    r"|\b(?:the (?:best|leading|largest|finest|safest|fastest|cheapest|only)|number one|no\. ?1|world[- ]class|"
    r"market leader)\b"
    r"|(?<!\w)#1\b",
    re.IGNORECASE,
)
# Whose quality it is about: what is said of a storm or a match advertises nothing.
_OURS = re.compile(
    r"\b(?:chúng tôi|sản phẩm|dịch vụ|thương hiệu|giải pháp|nhà cung cấp|nhà sản xuất|nhà thầu|doanh nghiệp|công ty|"
    r"tập đoàn|ngân hàng|bệnh viện|we|our|us|products?|services?|brand|solutions?|provider|supplier|manufacturer|"
    r"company)\b",
    re.IGNORECASE,
)
_PROOF = re.compile(
    rf"\b(?:theo|do) (?:[{vietnamese.CAPITALS}]\w+|khảo sát|nghiên cứu|báo cáo|bảng xếp hạng|bình chọn|thống kê|"
    r"xếp hạng)|"
    r"\b(?:bình chọn|xếp hạng|chứng nhận|according to|ranked by|certified by|survey by)\b"
    r"|\bmột trong (?:những|các|số)|\b(?:one|some) of the\b|\bcó thể\b"
)


def check(draft: Draft) -> Iterator[Finding]:
    """What the sender says of itself; a sentence that names who says so has its proof, and so has one that links."""
    name = draft.organization
    for passage in draft.passages:
        for sentence in passage.sentences:
            match = _BOAST.search(sentence)
            is_ours = bool(_OURS.search(sentence)) or (name != "" and name.lower() in sentence.lower())
            if match is None or not is_ours or _PROOF.search(sentence) or "<a " in passage.markup:
                continue
            yield Finding(
                check="superlatives", field=passage.field, excerpt=around(sentence, match.start(), match.end()),
                what=_("“%(word)s” cần bằng chứng.") % {"word": match[0]},
                why=_("Luật Quảng cáo cấm dùng nhất, duy nhất, tốt nhất, số một mà không có tài liệu chứng minh."),
                ask=_("Bằng chứng: tài liệu nào, của ai, năm nào"),
            )  # fmt: skip

"""Text or picture made by a model and not declared (Law 134/2025/QH15: marked for people and for machines)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.releases.preflight.draft import Draft, Finding, Fix, around

# What models say of themselves, and what their programs leave in a copied text.
_TRACES = re.compile(
    r"(?:là|với tư cách là) (?:một )?(?:mô hình ngôn ngữ|trợ lý AI)"
    r"|as an AI (?:language )?model|as a large language model"
    r"|(?:dưới đây|sau đây) là (?:một )?(?:bản (?:nháp |thảo )?)?(?:thông cáo báo chí|bài viết)[^.]{0,40}"
    r"(?:theo yêu cầu|bạn có thể)"
    r"|here(?:'s| is) (?:a|the|your) (?:draft |revised )?press release|certainly! here|I hope this (?:draft )?helps"
    r"|:contentReference\[|oaicite|turn\d+(?:search|view)\d+|utm_source=(?:chatgpt|openai)|\bcitation needed\]",
    re.IGNORECASE,
)
_MAKERS = re.compile(
    r"\b(?:midjourney|dall[·. -]?e|stable diffusion|firefly|chatgpt|gemini|copilot|leonardo\.ai|ideogram|flux\.1|"
    r"(?:do|bởi|bằng|by|with) (?:AI|trí tuệ nhân tạo)|AI[- ](?:generated|tạo|vẽ)|tạo bằng AI)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Signs only: nobody can tell from a text alone, so nothing is said without one."""
    if not draft.is_ai:
        yield from _texts(draft)
    for picture in draft.pictures:
        said = " ".join(str(picture.get(name) or "") for name in ("credit", "creator", "caption", "alt", "name"))
        match = _MAKERS.search(said)
        if match and not picture.get("is_ai"):
            yield Finding(
                check="ai", field="pictures", excerpt=said.strip()[:160],
                what=_("Ảnh có vẻ do AI tạo mà chưa khai."),
                why=_("Luật buộc nội dung AI mang dấu cho người và cho máy. Hãy đánh dấu ảnh trong thư viện."),
                ask=_("Vì sao không phải ảnh AI"),
            )  # fmt: skip


def _texts(draft: Draft) -> Iterator[Finding]:
    for passage in draft.passages:
        match = _TRACES.search(passage.text) or _TRACES.search(passage.markup)
        if match:
            inside = match.string == passage.text
            excerpt = around(passage.text, match.start(), match.end()) if inside else passage.text[:160]
            yield Finding(
                check="ai", field=passage.field, excerpt=excerpt,
                what=_("Văn bản mang dấu vết của một chương trình AI mà chưa khai."),
                why=_("Luật buộc nội dung do AI tạo phải mang dấu cho người và cho máy. Khai ở ô “AI” bên cạnh."),
                fix=Fix(_("Khai là có dùng AI"), "is_ai", "", "1"), ask=_("Vì sao không phải chữ của AI"),
            )  # fmt: skip
            return

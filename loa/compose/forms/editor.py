"""The text editor of the desk, which speaks the language of the page; its own words are English."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import Media, Script

from loa.lib.word import LONGEST_BODY

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False},  # readers open a link as they like; cleaning takes the target away
    "Image": True,
    "Caption": True,
    "Figure": True,
    **dict.fromkeys(("Table", "TableRow", "TableHeader", "TableCell"), True),  # else those a file brought would go
}
# What the editor says on its buttons and in its dialogs, by its own words.
WORDS = {
    "paragraph": _("Kiểu đoạn"),
    "Paragraph": _("Đoạn thường"),
    "Heading 2": _("Tiêu đề mục"),
    "Heading 3": _("Tiêu đề mục nhỏ"),
    "heading 2": _("Tiêu đề mục"),
    "heading 3": _("Tiêu đề mục nhỏ"),
    "unordered list": _("Danh sách gạch đầu dòng"),
    "ordered list": _("Danh sách đánh số"),
    "List properties": _("Kiểu đánh số"),
    "Start at": _("Bắt đầu từ số"),
    "List type": _("Đánh bằng"),
    "Decimal numbers": _("Số 1, 2, 3"),
    "Lowercase letters": _("Chữ a, b, c"),
    "Uppercase letters": _("Chữ A, B, C"),
    "Lowercase Roman numerals": _("Số La Mã i, ii, iii"),
    "Uppercase Roman numerals": _("Số La Mã I, II, III"),
    "blockquote": _("Đoạn trích dẫn"),
    "figure": _("Ảnh trong bài"),
    "Insert Figure": _("Đặt ảnh vào bài"),
    "Edit Figure": _("Sửa ảnh trong bài"),
    "Edit Image": _("Sửa ảnh trong bài"),
    "Image URL": _("Địa chỉ ảnh"),
    "Alternative Text": _("Mô tả ảnh cho người không nhìn thấy"),
    "Caption": pgettext_lazy("dưới ảnh", "Chú thích"),
    "Add caption": _("Thêm chú thích"),
    "Remove caption": _("Bỏ chú thích"),
    "bold": _("Chữ đậm"),
    "italic": _("Chữ nghiêng"),
    "insert link": _("Đặt đường dẫn"),
    "remove link": _("Bỏ đường dẫn"),
    "Edit Link": pgettext_lazy("trong khung soạn", "Đường dẫn"),
    "URL": _("Địa chỉ trang"),
    "Title": _("Lời hiện ra khi rê chuột, nếu cần"),
    "Insert table": _("Chèn bảng"),
    "Table Properties": _("Bảng mới"),
    "Rows": _("Số hàng"),
    "Columns": _("Số cột"),
    "Include header row": _("Hàng đầu là tên cột"),
    "Yes": pgettext_lazy("trong khung soạn", "Có"),
    "No": pgettext_lazy("trong khung soạn", "Không"),
    "Insert Table": _("Chèn bảng"),
    "Add column": _("Thêm cột"),
    "Delete column": _("Bỏ cột"),
    "Add row": _("Thêm hàng"),
    "Delete row": _("Bỏ hàng"),
    "Merge cells": _("Gộp ô"),
    "Split cell": _("Tách ô"),
    "Toggle header cell": _("Ô này là tên cột, hay không"),
    "Delete table": _("Bỏ bảng"),
    "undo": _("Hoàn tác"),
    "redo": _("Làm lại"),
    "Insert": pgettext_lazy("trong khung soạn", "Chèn"),
    "Update": pgettext_lazy("trong khung soạn", "Xong"),
    "Cancel": pgettext_lazy("trong khung soạn", "Thôi"),
}


class EditorWidget(ProseEditorWidget):  # type: ignore[misc]  # the editor carries no types
    """The editor with its words beside it, and the script that puts them in place before its own run."""

    @property
    def media(self) -> forms.Media:
        """Deferred scripts and modules run in the order in which they stand."""
        media: forms.Media = Media(js=[Script("compose/editor-words.js", defer=True)]) + super().media
        return media

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The words ride on the field."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        words = {theirs: str(ours) for theirs, ours in WORDS.items()}
        context["widget"]["attrs"]["data-editor-words"] = json.dumps(words, ensure_ascii=False)
        return context


def editor_field(label: Any) -> forms.Field:
    """A text with everything a release may hold."""
    field: forms.Field = ProseEditorFormField(
        label=label, extensions=EXTENSIONS, widget=EditorWidget, max_length=LONGEST_BODY, required=False
    )
    return field

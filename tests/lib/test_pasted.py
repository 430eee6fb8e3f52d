"""Clipboards of Word and Google Docs, as they are sent: structure stays, rubbish and hidden text go."""

import pytest

from loa.lib.html import clean
from loa.lib.pasted import without_rubbish

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=VI>
<!--StartFragment--><h1 style='mso-list:none'>Tiêu đề<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Đậm</b> và <i>nghiêng</i> &amp; <span
style='color:red;mso-spacerun:yes'>đỏ</span><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Thấy<span style='display:none;mso-hide:all'>Chim-hoàng-yến</span></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Miền Bắc<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·</span><!--[endif]-->Miền <b>Nam</b></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.</span><![endif]>Trước hết</p>
<table class=MsoTableGrid><tr><td colspan=2 style='width:10pt'><p class=MsoNormal>Ô</p></td></tr></table>
<!--EndFragment--></body></html>"""  # noqa: E501 (as Word sends it)
GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
    '<span style="font-weight:700;font-style:normal">Đậm</span>'
    '<span style="font-weight:400;font-style:italic"> nghiêng</span> thường</p>'
    '<ul><li dir="ltr"><p dir="ltr" role="presentation"><span>Một</span></p></li></ul></b>'
    '<br class="Apple-interchange-newline">'
)


def test_word_is_read_as_it_was_meant() -> None:
    made = clean(without_rubbish(WORD))
    assert "".join(made.split("\n")) == (
        "<h2>Tiêu đề</h2><p><strong>Đậm</strong> và <em>nghiêng</em> &amp; đỏ</p><p>Thấy</p>"
        "<ul><li>Miền Bắc</li><li>Miền <strong>Nam</strong></li></ul><ol><li>Trước hết</li></ol>"
        '<table><tbody><tr><td colspan="2"><p>Ô</p></td></tr></tbody></table>'
    )


def test_google_docs_are_not_bold_throughout() -> None:
    assert clean(without_rubbish(GOOGLE)) == (
        "<p><strong>Đậm</strong><em> nghiêng</em> thường</p><ul><li><p>Một</p></li></ul><br>"
    )


def test_what_is_of_neither_is_left_as_it_was() -> None:
    text = "<p>Chữ <b>đậm</b> &lt;o:p</p><div>x</div>"
    assert without_rubbish(text) == text


@pytest.mark.parametrize(
    "rest", ["<p style='mso-x:1'>", "<b><i class=MsoX>", "<![if !supportLists]><p class=MsoX>a", "</p></p>"]
)
def test_broken_markup_ends_somewhere(rest: str) -> None:
    assert "Chữ" in clean(without_rubbish(f"<p class=MsoNormal>Chữ</p>{rest}"))


def test_nothing_that_runs_comes_in_this_way() -> None:
    text = "<p class=MsoNormal onclick=x()>a<script>alert(1)</script><a href='javascript:alert(1)'>b</a></p>"
    assert clean(without_rubbish(text)) == '<p>a<a rel="nofollow noopener">b</a></p>'

"""How releases say what their parts are: datelines, contacts, marks of the end, who spoke; in four languages."""

import re

from loa.lib.vietnamese import CAPITALS

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DAY = (
    r"(?i:(?:(?:thứ [\w ]{2,4}|chủ nhật|monday|tuesday|wednesday|thursday|friday|saturday|sunday),? +)?"
    r"(?:(?:ngày +)?\d{1,2} *(?:tháng|-|/|\.) *\d{1,2} *(?:,? *năm|-|/|\.|,)? *\d{4}"
    rf"|(?:{_MONTHS})\.? +\d{{1,2}},? +\d{{4}}|\d{{1,2}}\.? +(?:{_MONTHS})\.?,? +\d{{4}}|\d{{4}}-\d\d-\d\d))"
)
# A place begins with a capital and has no end of a sentence but in "TP." and "St."
_PLACE = rf"[{CAPITALS}][\w.'’ -]{{1,40}}(?:, *[^\W\d_][\w.'’ -]{{1,30}}){{0,2}}"
DATELINE = re.compile(
    rf"^\(?(?P<place>{_PLACE}?)[,:]? *(?:\(? *|–|—|-)? *(?P<day>{_DAY})\)?"
    r"(?: *(?:[-–—:]+|/[\w ]+/ *[-–—]+|\. *[-–—]+) *|$)"
)
DAY_LINE = re.compile(rf"^\(?{_DAY}\)?$", re.IGNORECASE)
PLACE_ONLY = re.compile(rf"^\(?(?P<place>{_PLACE}?)\)? *[–—] +(?=[^\W\d_])")
KICKER = re.compile(
    r"^(?:(?:bản )?thông cáo báo chí|tin báo chí|press release|news release|media release|for immediate release|"
    r"phát hành ngay|embargo.{0,80}|medienmitteilung|pressemitteilung|communiqué de presse|số:? ?[\w/.-]+)"
    r"(?: *[-–|/:] *(?:for immediate release|press release|phát hành ngay))?[ .:!*]*$",
    re.IGNORECASE,
)
END = re.compile(
    r"^[\s*#_~.=–—-]*(?:#{3}|\*{3}|(?:hết|end|ends|ende|fin|the end|30)|h\.?ế\.?t)?[\s*#_~.=–—-]*$", re.IGNORECASE
)
CONTACT = re.compile(
    r"^(?:(?:mọi|để biết)(?: thêm)? .{0,60}(?:xin |vui lòng )?liên hệ|thông tin liên hệ"
    r"|liên hệ(?: báo chí| truyền thông)?|đầu mối (?:liên hệ|báo chí)|người liên hệ"
    r"|(?:media|press|news) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|office)"
    r"|contacts?(?: for (?:media|press|journalists))?"
    r"|for (?:more|further|media|press) (?:information|enquiries|inquiries)"
    r"|pressekontakt|medienkontakt|kontakt|auskünfte|rückfragen|contact(?:s)? (?:presse|médias?)|renseignements)"
    r"\b(?P<rest>[^:]{0,60}:|[^:]{0,40}$)",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^(?:(?:giới thiệu(?: chung)?(?: về)?|đôi nét về|thông tin về|vài nét về|về|about(?: the)?|über|à propos d[eu’' ])"
    rf" *(?:[{CAPITALS}][^.!?]{{1,110}}|công ty[^.!?]{{0,100}}|chúng tôi|us))[ :.]*$"
)
ABOUT_START = re.compile(r"^(?:Về|VỀ|Giới thiệu|GIỚI THIỆU|Đôi nét|Thông tin về|Vài nét|About|ABOUT|Über|À propos)\b")
CREDIT = re.compile(
    r"[(\[.–-]* *(?:nguồn ảnh|ảnh|hình|nguồn|photo(?: credit| by)?|credit|foto|bild|image)s? *[:©/] *"
    r"(?P<credit>[^()\[\]]{2,120}?)[)\].]*$",
    re.IGNORECASE,
)
CAPTION = re.compile(r"^(?:ảnh|hình|photo|image|picture|fig(?:ure)?|bild|chú thích)\b[^:.]{0,12}[:.]", re.IGNORECASE)
SAY = (
    r"(?:cho biết|cho hay|chia sẻ|nói|phát biểu|khẳng định|nhấn mạnh|bày tỏ|nhận định|đánh giá|trao đổi|cho rằng|"
    r"thông tin|tuyên bố|bình luận|giải thích|says?|said|comments?|commented|adds?|added|explains?|explained|"
    r"notes?|noted|states?|stated)"
)
_TITLE = r"(?:(?:Ông|Bà|Anh|Chị|Cô|Đồng chí|TS|PGS\.? ?TS|GS\.? ?TS|GS|ThS|BS|KTS|LS|NSƯT|NSND|Mr|Mrs|Ms|Dr|Prof)\.? +)"
_NAME = rf"(?P<name>[{CAPITALS}][\w'’.-]*(?: +[{CAPITALS}][\w'’.-]*){{1,5}})"
_ROLE = r"(?:(?:, *| *[-–—] *| *\()(?P<role>[^.!?“”\"()]{3,160}?)\)?)?"
QUOTED = re.compile(
    rf"^[“\"«](?P<text>[^“”\"«»]{{12,1900}}?),?[”\"»] *[,.–—-]* *"
    rf"(?:theo (?:lời )?|by )?(?:{SAY} )?(?i:{_TITLE})?{_NAME}{_ROLE}(?: *,? *{SAY})?(?: thêm)?[ .]*$"
)
BEFORE = re.compile(
    rf"(?i:{_TITLE})?{_NAME}{_ROLE}[, ]*(?:đã )?{SAY}[^:“”\"]{{0,60}}:? *[“\"«](?P<text>[^“”\"«»]{{12,1900}})[”\"»]"
)
SPEAKER = re.compile(rf"^[-–—~ ]*(?i:{_TITLE})?{_NAME}{_ROLE}[ .]*$")
WHOLE_QUOTE = re.compile(r"^[“\"«](?P<text>[^“”\"«»]{12,1900})[”\"»][ .]*$")

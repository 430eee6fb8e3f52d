"""Every check as docs/preflight.md says it: the example that fires, and the one that must not."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loa.lib import written
from loa.releases.preflight.draft import Draft, Earlier, Look
from loa.releases.preflight.figures import value
from loa.releases.preflight.table import CHECKS, findings

PAPER = Path(__file__).resolve().parents[2] / "docs" / "preflight.md"
EARLIER = (
    "Vụ lúa hữu cơ đầu tiên của hợp tác xã cho năm tấn mỗi héc-ta trên cánh đồng rộng bốn mươi héc-ta của một trăm hai "
    "mươi hộ xã viên ở Đồng Tháp, cao hơn năm ngoái một tấn."
)
ORDERLY = Draft(
    today=date(2026, 11, 28), headline="Sao Mai công bố kết quả quý III", organization="Hợp tác xã Sao Mai",
    lead="Hợp tác xã công bố kết quả chín tháng.", contact="Nguyễn Thị Lan, lan@example.vn",
    body_html="<p>Hợp tác xã của một trăm hai mươi hộ ở Đồng Tháp công bố kết quả chín tháng đầu năm cho xã viên và "
    "người mua gạo được biết.</p>",
    earlier=(Earlier("Vụ lúa hữu cơ đầu tiên", "/r/abc/vu-lua", EARLIER),),
    looks={
        "https://chet.example/": Look("dead"), "https://song.example/": Look("ok"),
        "https://doi.example/": Look("moved", "https://song.example/"),
    },
)  # fmt: skip


def rows() -> list[tuple[str, str, str, str]]:
    """Return check, field, what fires and what must not, as the paper has them."""
    found = re.findall(r"^\| (\w+) \| (\w+) \| `(.+?)` \| `(.+?)` \|$", PAPER.read_text("utf-8"), re.MULTILINE)
    return [(check, field, fires, quiet) for check, field, fires, quiet in found]


def with_(field: str, told: str) -> Draft:
    value: Any = json.loads(told) if told[:1] in "[{" and field in ("pictures", "facts") else told
    changes: dict[str, Any] = {field: value}
    if field == "facts":
        changes["kind"] = "event"
    if field == "body_html" and told.startswith(("<p>The company", "<p>Vụ lúa")):
        changes |= {"lead": "", "headline": ""}
    return replace(ORDERLY, **changes)


def fired(check: str, draft: Draft) -> list[str]:
    return [one.what for one in findings(draft) if one.check == check]


@pytest.mark.parametrize(("check", "field", "fires", "quiet"), rows())
def test_a_check_fires_where_the_paper_says_and_nowhere_it_does_not(
    check: str, field: str, fires: str, quiet: str
) -> None:
    assert fired(check, with_(field, fires))
    assert not fired(check, with_(field, quiet))


def test_every_check_has_a_row_and_every_row_a_check() -> None:
    assert {check for check, *_ in rows()} == set(CHECKS)
    assert len(rows()) == PAPER.read_text("utf-8").count("\n| ") - 2


def test_a_text_in_order_is_left_alone() -> None:
    assert findings(ORDERLY) == []


def test_a_fix_does_what_it_says() -> None:
    for check, field, fires, _ in rows():
        draft = with_(field, fires)
        for one in findings(draft):
            if one.check == check and one.fix is not None and one.fix.field not in ("is_ai", "language"):
                before = getattr(draft, one.fix.field)
                after = one.fix.of(before)
                assert after != before, one
                assert one.key not in {found.key for found in findings(replace(draft, **{one.fix.field: after}))}


def test_a_finding_says_what_where_and_why_and_never_a_whole_personal_number() -> None:
    for _check, field, fires, _ in rows():
        for one in findings(with_(field, fires)):
            assert one.what
            assert one.why
            assert one.field
            assert "079203001234" not in one.excerpt
            assert "0071001234567" not in one.excerpt


def test_the_same_thing_keeps_its_key_and_another_does_not() -> None:
    first, again = findings(with_("lead", "Chị [Tên] kể lại.")), findings(with_("lead", "Chị [Tên] kể lại."))
    other = findings(with_("lead", "Chị [Họ tên] kể lại."))
    assert [one.key for one in first] == [one.key for one in again]
    assert {one.key for one in first}.isdisjoint({one.key for one in other})


@pytest.mark.parametrize(
    ("written_so", "language", "number"),
    [
        ("1.234,5", "vi", 1234.5), ("1,234.5", "en", 1234.5), ("12,5", "vi", 12.5), ("12.5", "vi", 12.5),
        ("1.234", "vi", 1234.0), ("1,234", "en", 1234.0), ("12,5", "en", 12.5), ("7", "vi", 7.0),
    ],
)  # fmt: skip
def test_figures_are_read_as_their_language_writes_them(written_so: str, language: str, number: float) -> None:
    assert value(written_so, language) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hợp tác xã vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng của xã viên.", "vi"),
        ("Hop tac xa vua thu hoach vu lua huu co tren canh dong cua cac xa vien va da ban cho nguoi mua.", "vi"),
        ("The cooperative has harvested its first organic rice on the fields of its members this week.", "en"),
        ("La coopérative a récolté le premier riz biologique dans les champs de ses membres avec les aides.", "fr"),
        ("Die Genossenschaft hat auf den Feldern der Mitglieder den ersten Reis geerntet und mit dem Verkauf.", "de"),
        ("合作社本周在社员的田地里收获了第一批有机稻米产量高于去年预计明年还会更多", "zh-Hans"),
        ("協同組合は今週、組合員の畑で最初の有機米を収穫したと発表しました。", "ja"),
        ("협동조합은 이번 주 조합원들의 논에서 첫 유기농 쌀을 수확했다고 밝혔다.", "ko"),
        ("Sao Mai", ""),
    ],
)  # fmt: skip
def test_the_language_a_text_is_written_in_is_told(text: str, code: str) -> None:
    assert written.language_of(text) == code

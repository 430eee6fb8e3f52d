"""What was typed, read as a question."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loa.search.reading import parse, stretch
from loa.search.results import highlight, snippet
from loa.search.tree import Question, Words


def folded(*words: Words) -> list[str]:
    return [" ".join(one.folded) for one in words]


def about(question: Question) -> list[str]:
    return [remark.about for remark in question.remarks]


def test_words_phrases_and_what_is_left_out() -> None:
    question = parse('xuất khẩu "gạo hữu cơ" -lúa -"cà phê"')
    assert folded(question.terms) == ["xuat khau"]
    assert folded(*question.phrases) == ["gao huu co"]
    assert folded(*question.excluded) == ["lua", "ca phe"]
    assert question.remarks == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ".join(map(str, range(32))), []),
        (" ".join(map(str, range(33))), ["many"]),
        (" ".join(f'"{one}"' for one in range(17)), ["parts"]),
        (" ".join(f"-{one}" for one in range(17)), ["parts"]),
        (" OR ".join(map(str, range(17))), ["parts"]),
    ],
)
def test_more_than_can_be_looked_for_is_said(text: str, said: list[str]) -> None:
    assert about(parse(text)) == said


@pytest.mark.parametrize("text", ["gạo OR lúa", "gạo HOẶC lúa", "gạo | lúa", "gạo OR OR lúa"])
def test_a_choice(text: str) -> None:
    (choice,) = parse(text).choices
    assert folded(*choice) == ["gao", "lua"]
    assert parse(text).terms.folded == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title:gạo", ["title:"]), ('gạo TITLE:"hạt điều"', ["TITLE:"]), ("-tiêu:gạo", ["tiêu:"]),
        ("site:a.vn tag:x site:b.vn", ["site:", "tag:"]), ("https://loa.vn 10:30 TP.HCM:gạo A:B gạo: lúa: “a”", []),
        ("org:vinamilk từ:2023 tỉnh:gạo", []),
    ],
)  # fmt: skip
def test_a_limit_nobody_knows_is_words_and_said(text: str, said: list[str]) -> None:
    question = parse(text)
    assert [remark.text for remark in question.remarks] == said
    assert {remark.about for remark in question.remarks} <= {"name"}


def test_its_words_are_looked_for() -> None:
    assert folded(parse("title:gạo lúa").terms) == ["title gao lua"]


def test_choices_bind_their_neighbours_only() -> None:
    question = parse('xuất khẩu gạo OR "hạt điều" OR tiêu Lào')
    assert folded(question.terms) == ["xuat khau lao"]
    assert [folded(*choice) for choice in question.choices] == [["gao", "hat dieu", "tieu"]]


def test_a_headline_in_capitals_holds_no_commands() -> None:
    assert parse("MUA HOẶC THUÊ").choices == ()
    assert parse("MUA HOẶC THUÊ").terms.folded == ("mua", "hoac", "thue")


@pytest.mark.parametrize("text", ["gạo OR", "OR gạo", "gạo OR !!!"])
def test_a_choice_with_one_side_is_words_and_said(text: str) -> None:
    question = parse(text)
    assert folded(*question.wanted()) == ["gao"]
    assert about(question) == ["or"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("org:vinamilk", "organization"), ("tổ chức:vinamilk", "organization"), ("To Chuc: vinamilk", "organization"),
        ("chủ đề:vinamilk", "topic"), ("topic:vinamilk", "topic"), ("nơi:vinamilk", "place"),
        ("place:vinamilk", "place"),
        (unicodedata.normalize("NFD", "tổ chức:vinamilk"), "organization"),
    ],
)  # fmt: skip
def test_limits_by_name(text: str, name: str) -> None:
    (limit,) = parse(f"sữa {text}").limits
    assert (limit.name, limit.words.folded, limit.is_excluded) == (name, ("vinamilk",), False)
    assert parse(f"sữa {text}").terms.folded == ("sua",)


def test_limits_take_quoted_names_and_may_be_left_out() -> None:
    (limit,) = parse('-org:"Sao Mai"').limits
    assert (limit.words.folded, limit.is_excluded) == (("sao", "mai"), True)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("kind:event", "kind", "event"), ('loại:"sự kiện"', "kind", "event"), ("loai:bao-cao", "kind", "report"),
        ("lang:en", "language", "en"), ("ngôn ngữ:anh", "language", "en"), ("lang:Việt", "language", "vi"),
        ("lang:中文", "", ""), ("lang:日本語", "language", "ja"), ('lang:"tiếng Lào"', "language", "lo"),
    ],
)  # fmt: skip
def test_kinds_and_languages_by_any_of_their_names(text: str, name: str, code: str) -> None:
    question = parse(text)
    assert [(limit.name, limit.code) for limit in question.limits] == ([(name, code)] if name else [])
    assert bool(question.remarks) is not bool(name)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("from:2023", date(2023, 1, 1), None), ("từ: 10/2023", date(2023, 10, 1), None),
        ("tu:11/10/2023", date(2023, 10, 11), None), ("after:2023-10", date(2023, 11, 1), None),
        ("sau:11.10.2023", date(2023, 10, 12), None), ("before:2023-10-11", None, date(2023, 10, 11)),
        ("trước:2023", None, date(2023, 1, 1)), ("đến:2023", None, date(2024, 1, 1)),
        ("từ:2022 đến:2023", date(2022, 1, 1), date(2024, 1, 1)),
    ],
)  # fmt: skip
def test_days(text: str, since: date | None, until: date | None) -> None:
    question = parse(f"gạo {text}")
    assert (question.since, question.until, question.terms.folded) == (since, until, ("gao",))


@pytest.mark.parametrize(
    ("text", "words", "remark"),
    [
        ("từ:hôm-qua", "tu hom qua", "date"), ("from:31/02/2023", "from 31 02 2023", "date"),
        ("to:9999", "to 9999", "date"),
        ("kind:abc", "kind abc", "kind"), ("lang:klingon", "lang klingon", "language"), ("org:", "org", "empty"),
        ('gạo "hữu cơ', "gao huu co", "quote"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_command_is_words_and_said(text: str, words: str, remark: str) -> None:
    question = parse(text)
    assert folded(*question.wanted()) == [words]
    assert about(question) == [remark]
    assert not question.limits


def test_addresses_and_times_are_words() -> None:
    question = parse("https://sao-mai.example.vn lúc 8:30, sáng: họp")
    assert question.terms.folded == ("https", "sao", "mai", "example", "vn", "luc", "8", "30", "sang", "hop")
    assert question.remarks == ()


def test_a_long_question_is_cut_and_said() -> None:
    assert about(parse("chữ " * 200)) == ["long", "many"]


@pytest.mark.parametrize("text", ["0/0/0000", "2023-13", "12", "١٢/١٠/٢٠٢٣", "10000", ""])
def test_no_such_day(text: str) -> None:
    assert stretch(text) is None


_COMMANDS = st.sampled_from(
    [
        '"',
        "“",
        "-",
        "OR",
        "HOẶC",
        "|",
        "org:",
        "tổ chức:",
        "từ:",
        "before:",
        "lang:",
        "kind:",
        "(",
        "2023",
        "11/10",
        ":",
    ]
)
QUESTIONS = st.lists(_COMMANDS | st.text(max_size=12), max_size=40).map(" ".join) | st.text(max_size=500)


@given(QUESTIONS)
@settings(max_examples=300, deadline=1000)
@example("\ud800")
@example("\x00" * 400)
@example('"' * 400)
@example("from:" * 80)
@example("-" * 400)
@example("ิ" * 400)
def test_whatever_is_typed_is_read_and_shown_soon(text: str) -> None:
    question = parse(text)
    assert all(len(words.folded) == len(words.exact) > 0 for words in question.wanted())
    assert "<script" not in highlight("<script>tin</script> " * 20, text)
    snippet("Sao Mai thu hoạch " * 100, text)

"""What was proven of a sender, in words."""

from loa.organizations.models import Organization
from loa.pages.views.newsroom import evidence

DAYS = {"since": "2026-10-01T00:00:00+00:00", "checked": "2026-11-01T00:00:00+00:00"}
EVIDENCE = [{"way": "register", "domain": "", **DAYS}, {"way": "dns", "domain": "100%thật-123.vn", **DAYS}]


def test_only_the_code_of_a_household_has_no_check_digit() -> None:
    register, domain = evidence(Organization(tax_code="012345678123", evidence=EVIDENCE))
    assert register.words.startswith("Mã số thuế •••••••••123, ")
    assert "hộ kinh doanh" in register.words
    assert domain.words == "Bản ghi DNS trên 100%thật-123.vn"
    register, domain = evidence(Organization(tax_code="0100109106", evidence=EVIDENCE))
    assert register.words == "Mã số thuế 0100109106, biên tập viên đã tra sổ đăng ký"

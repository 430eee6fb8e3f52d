"""Organizations that look like others are found at founding, renaming and proving, and wait for a person."""

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.organizations import queries
from loa.organizations.actions.clear_likeness import clear_likeness
from loa.organizations.actions.compare import compare
from loa.organizations.actions.describe import describe
from loa.organizations.actions.found import found
from loa.organizations.actions.protect import protect
from loa.organizations.actions.rename import rename
from loa.organizations.models import Likeness, Organization
from loa.portals.models import Portal


@pytest.fixture
def vinamilk(an: Person, portal: Portal) -> Organization:
    return found(an, portal=portal, name="Công ty Cổ phần Vinamilk", kind="company", website="https://vinamilk.com.vn")


@pytest.mark.parametrize("name", ["Vinamilk JSC", "VlNAMILK", "Vіnamilk", "Vinamílk", "Cty TNHH Vinamil", "Vinmailk"])
def test_a_name_that_looks_like_another_waits(
    stranger: Person, portal: Portal, vinamilk: Organization, name: str
) -> None:
    fake = found(stranger, portal=portal, name=name, kind="company")
    assert queries.is_held(fake)
    assert queries.likenesses(fake).get().other == vinamilk
    assert not queries.is_held(vinamilk)  # nobody is stopped by whoever imitates them


@pytest.mark.parametrize(
    "site", ["https://vinamilk.vn", "https://vina-milk.com/", "vinamilkk.com", "https://vinarnilk.net"]
)
def test_so_does_a_domain(stranger: Person, portal: Portal, vinamilk: Organization, site: str) -> None:
    fake = found(stranger, portal=portal, name="Báo Đời Sống", kind="media", website=site)
    compare(fake)
    assert queries.likenesses(fake).get().is_domain


def test_another_name_goes_through(stranger: Person, portal: Portal, vinamilk: Organization) -> None:
    assert not queries.is_held(found(stranger, portal=portal, name="Công ty Cổ phần Hoa Sen", kind="company"))


def test_a_new_site_is_compared_too(stranger: Person, portal: Portal, vinamilk: Organization) -> None:
    fake = found(stranger, portal=portal, name="Hoa Sen", kind="company")
    describe(stranger, fake, website="https://vinamilk.net", profile="")
    assert queries.is_held(fake)
    describe(stranger, fake, website="https://hoasen.net", profile="")
    assert not queries.is_held(fake)


def test_cleared_it_goes_through_until_it_is_called_something_else(
    moderator: Person, stranger: Person, portal: Portal, vinamilk: Organization
) -> None:
    other = found(stranger, portal=portal, name="Vinamill", kind="company")
    clear_likeness(moderator, other, queries.likenesses(other).get().pk)
    compare(other)
    assert not queries.is_held(other)
    other.name = "Vinamilk"
    other.save()
    compare(other)
    assert queries.is_held(other)


def test_two_that_look_alike_in_both_languages_are_cleared_once(
    an: Person, moderator: Person, stranger: Person, portal: Portal
) -> None:
    found(an, portal=portal, name="Sữa Việt", name_en="Viet Milk", kind="company")
    other = found(stranger, portal=portal, name="Sửa Việt", name_en="Viet-Milk", kind="company")
    clear_likeness(moderator, other, queries.likenesses(other)[0].pk)
    for _ in range(2):
        compare(other)
        assert not queries.is_held(other)
    other.name_en = "Viet Milk Co., Ltd"
    other.save()
    compare(other)
    assert queries.likenesses(other).get(cleared_at=None).own_words == "Viet Milk Co., Ltd"


def test_who_is_called_something_else_holds_nobody_any_more(
    moderator: Person, stranger: Person, portal: Portal, vinamilk: Organization
) -> None:
    other = found(stranger, portal=portal, name="Vinamill", kind="company")
    assert queries.is_held(other)
    rename(moderator, vinamilk, name="Hoa Sen")
    assert not queries.likenesses(other).exists()


def test_cleared_it_stays_whichever_of_the_two_would_wait(
    an: Person, moderator: Person, stranger: Person, portal: Portal
) -> None:
    first = found(stranger, portal=portal, name="Vinamill", kind="company")
    later = found(an, portal=portal, name="Vinamilk", kind="company")
    clear_likeness(moderator, later, queries.likenesses(later).get().pk)
    for domain in ("vinamilk.com.vn", "", "vinamilk.com.vn"):
        later.domain = domain
        later.save()
        compare(later)
        assert Likeness.objects.get().organization == (first if domain else later)
        assert not queries.is_held(first)
        assert not queries.is_held(later)


def test_whoever_proves_the_domain_stands_before_whoever_came_first(
    an: Person, stranger: Person, portal: Portal
) -> None:
    fake = found(stranger, portal=portal, name="Vinamilk", kind="company")
    true = found(an, portal=portal, name="Vinamilk JSC", kind="company")
    assert queries.is_held(true)
    true.domain = "vinamilk.com.vn"
    true.save()
    compare(true)
    assert not queries.is_held(true)
    assert queries.is_held(fake)


def test_a_guarded_name_holds_who_is_there_and_who_comes(
    operator: Person, stranger: Person, portal: Portal, vinamilk: Organization
) -> None:
    protect(actor(operator), portal, names=[("Vinamilk", "vinamilk.com.vn"), ("Vietcombank", "")])
    assert queries.is_held(vinamilk)
    assert queries.is_held(found(stranger, portal=portal, name="Vietcornbank", kind="company"))
    vinamilk.domain = "vinamilk.com.vn"
    vinamilk.save()
    compare(vinamilk)
    assert not queries.is_held(vinamilk)
    protect(actor(operator), portal, names=[])
    assert not Likeness.objects.filter(cleared_at=None).exclude(protected=None).exists()


def test_twins_write_one_row(stranger: Person, portal: Portal, vinamilk: Organization) -> None:
    fake = found(stranger, portal=portal, name="Vinamilk", kind="company")
    before = queries.likenesses(fake).get()
    for one in (fake, vinamilk, fake):
        compare(one)
    after = Likeness.objects.get()
    assert (after.pk, after.found_at) == (before.pk, before.found_at)


def test_another_portal_has_its_own_names(stranger: Person, vinamilk: Organization) -> None:
    elsewhere = Portal.objects.create(slug="hanoi", name="Hà Nội")
    assert not queries.is_held(found(stranger, portal=elsewhere, name="Vinamilk", kind="company"))

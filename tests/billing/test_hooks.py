"""The bank's hook: signed, fresh, once; forged, stale and foreign messages change nothing."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from loa.billing.models import BankTransfer, Order, Seller
from loa.billing.states import State
from loa.lib import clock
from loa.portals.models import Portal, PortalHost
from loa.project import config
from tests.billing.conftest import Buy

SECRET = "bi-mat-cua-ngan-hang"


@pytest.fixture(autouse=True)
def secrets(settings: Settings) -> None:
    settings.LOA_BANK_SECRETS = {"signed": SECRET, "sepay": SECRET, "casso": SECRET}


def told(order: Order, **changes: Any) -> dict[str, Any]:
    row = {
        "account": "0000000000123", "id": "FT1", "amount": order.amount, "note": f"CT DEN {order.code}",
        "at": "2026-11-28T10:15:22+07:00",
    }  # fmt: skip
    return {"transfers": [row | changes]}


def send(body: dict[str, Any] | bytes, *, secret: str = SECRET, age: int = 0, **headers: str) -> HttpResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(clock.now().timestamp()) - age)
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + data, hashlib.sha256).hexdigest()
    said = {"X-Loa-Timestamp": stamp, "X-Loa-Signature": f"sha256={signature}"} | headers
    return Client().post("/hooks/bank/signed", data, content_type="application/json", headers=said)  # type: ignore[return-value]


def test_a_signed_transfer_pays_its_order(buy: Buy) -> None:
    made = buy()
    answer = send(told(made))
    assert (answer.status_code, json.loads(answer.content)) == (200, {"success": True, "taken": 1, "ignored": 0})
    made.refresh_from_db()
    assert made.state == State.PAID


def test_the_same_message_again_changes_nothing(buy: Buy) -> None:
    made = buy()
    assert [send(told(made)).status_code for _ in range(3)] == [200, 200, 200]
    assert BankTransfer.objects.get().amount == made.amount


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"secret": "mot-bi-mat-khac-han"}, {}),
        ({"age": 301}, {}),
        ({"age": -900}, {}),  # a slow machine takes some seconds off
        ({}, {"X-Loa-Signature": ""}),
        ({}, {"X-Loa-Signature": "sha256=" + "0" * 64}),
        ({}, {"X-Loa-Signature": "sha256=đ"}),
        ({}, {"X-Loa-Timestamp": "abc"}),
        ({}, {"X-Loa-Timestamp": "1"}),
        ({}, {"X-Loa-Timestamp": "9" * 30}),
    ],
)
def test_what_is_forged_or_stale_is_refused(buy: Buy, changes: dict[str, Any], headers: dict[str, str]) -> None:
    assert send(told(buy()), **changes, **headers).status_code == 401
    assert not BankTransfer.objects.exists()


def test_a_body_changed_on_the_way_is_refused(buy: Buy) -> None:
    made = buy()
    data = json.dumps(told(made, amount=1)).encode()
    stamp = str(int(clock.now().timestamp()))
    signature = hmac.new(SECRET.encode(), stamp.encode() + b"." + data, hashlib.sha256).hexdigest()
    answer = send(told(made), **{"X-Loa-Timestamp": stamp, "X-Loa-Signature": f"sha256={signature}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", b'{"transfers": [1]}', b'{"transfers": [{"id": "1", "account": "1"}]}',
     b'{"transfers": [{"id": "1", "account": "1", "amount": 1.5, "at": "2026-11-28T10:15:22Z"}]}',
     b'{"transfers": [{"id": "1", "account": "1", "amount": 1, "at": "yesterday"}]}', b"[" * 60_000,
     b'{"transfers": [{"id": "1", "account": "1", "amount": 1e18, "at": "2026-11-28T10:15:22Z"}]}',
     b'{"transfers": [{"id": "", "account": "1", "amount": 1, "at": "2026-11-28T10:15:22Z"}]}',
     b'{"transfers": [{"id": "1", "account": "1", "amount": NaN, "at": "2026-11-28T10:15:22Z"}]}',
     b'{"transfers": [{"id": "1", "account": "1", "amount": 1e999, "at": "2026-11-28T10:15:22Z"}]}'],
)  # fmt: skip
def test_what_cannot_be_read_is_said_so(seller: Seller, body: bytes) -> None:
    assert send(body).status_code == 400


def test_money_to_another_account_or_portal_is_ignored(buy: Buy, portal: Portal) -> None:
    made = buy()
    answer = send(told(made, account="999"))
    assert json.loads(answer.content) == {"success": True, "taken": 0, "ignored": 1}
    other = Portal.objects.create(slug="khac", name="Khác")
    PortalHost.objects.create(portal=other, host="khac.example")
    assert not BankTransfer.objects.exists()


def test_what_no_database_keeps_is_left_out(buy: Buy) -> None:
    made = buy()
    assert send(told(made, note=f"\0{made.code}\0", other="\0")).status_code == 200
    made.refresh_from_db()
    assert made.state == State.PAID


def test_the_same_reference_with_another_amount_waits_for_a_person(buy: Buy) -> None:
    made = buy()
    assert [send(told(made, amount=amount)).status_code for amount in (5, 6, 6, 5)] == [200] * 4
    assert list(BankTransfer.objects.order_by("amount").values_list("amount", "unallocated")) == [(5, 0), (6, 6)]


def test_a_provider_without_a_secret_and_an_unknown_one_are_refused(buy: Buy, settings: Settings) -> None:
    made = buy()
    settings.LOA_BANK_SECRETS = {}
    assert send(told(made)).status_code == 403
    assert Client().post("/hooks/bank/khong-co").status_code == 404
    assert Client().get("/hooks/bank/signed").status_code == 405


def test_guessing_is_slowed_down(seller: Seller) -> None:
    answers = [send({}, secret="x" * 20).status_code for _ in range(62)]
    assert answers[:60] == [401] * 60 and answers[-1] == 429
    assert send({"transfers": []}).status_code == 200  # whoever is right gets through


def sepay(order: Order, **changes: Any) -> dict[str, Any]:
    return {
        "id": 92704, "gateway": "Vietcombank", "transactionDate": "2026-11-28 10:15:22",
        "accountNumber": "0000000000123", "code": None, "content": f"MBVCB.1.{order.code}.CT tu 0071",
        "transferType": "in", "transferAmount": order.amount, "accumulated": 19_077_000, "subAccount": None,
        "referenceCode": "MBVCB.3278907687",
    } | changes  # fmt: skip


def test_sepay_by_its_key(buy: Buy) -> None:
    made = buy()
    said = {"content_type": "application/json", "data": json.dumps(sepay(made))}
    assert Client().post("/hooks/bank/sepay", headers={"Authorization": "Apikey sai"}, **said).status_code == 401
    assert Client().post("/hooks/bank/sepay", **said).status_code == 401
    assert Client().post("/hooks/bank/sepay", headers={"Authorization": f"Apikey {SECRET}"}, **said).status_code == 200
    row = BankTransfer.objects.get()
    assert (row.transaction_id, row.provider) == ("MBVCB.3278907687", "sepay")
    assert row.at.isoformat() == "2026-11-28T03:15:22+00:00"
    made.refresh_from_db()
    assert made.state == State.PAID


def test_sepay_by_its_signature(buy: Buy) -> None:
    data = json.dumps(sepay(buy())).encode()
    stamp = str(int(clock.now().timestamp()))
    for secret, status in (("mot-bi-mat-khac-han", 401), (SECRET, 200)):
        signature = hmac.new(secret.encode(), f"{stamp}.".encode() + data, hashlib.sha256).hexdigest()
        said = {"X-SePay-Signature": f"sha256={signature}", "X-SePay-Timestamp": stamp}
        answer = Client().post("/hooks/bank/sepay", data, content_type="application/json", headers=said)
        assert answer.status_code == status


def test_sepay_tells_of_money_that_went_out(buy: Buy) -> None:
    said = {"content_type": "application/json", "data": json.dumps(sepay(buy(), transferType="out"))}
    assert Client().post("/hooks/bank/sepay", headers={"Authorization": f"Apikey {SECRET}"}, **said).status_code == 200
    assert not BankTransfer.objects.exists()


def test_casso_by_its_key(buy: Buy) -> None:
    made = buy()
    row = {
        "id": 1, "tid": "FT2", "description": made.code, "amount": made.amount, "when": "2026-11-28 10:15:22",
        "bank_sub_acc_id": "0000000000123",
    }  # fmt: skip
    said = {"content_type": "application/json", "data": json.dumps({"error": 0, "data": [row, row | {"amount": -5}]})}
    assert Client().post("/hooks/bank/casso", headers={"Secure-Token": "sai"}, **said).status_code == 401
    assert Client().post("/hooks/bank/casso", headers={"Secure-Token": SECRET}, **said).status_code == 200
    made.refresh_from_db()
    assert made.state == State.PAID


def test_a_secret_that_could_be_guessed_or_names_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_BANK_SECRETS", "sepay:0123456789abcdef  signed:fedcba9876543210")
    assert config.bank_secrets() == {"sepay": "0123456789abcdef", "signed": "fedcba9876543210"}
    for wrong in ("sepay:short", "sepay", "momo:0123456789abcdef"):
        monkeypatch.setenv("LOA_BANK_SECRETS", wrong)
        with pytest.raises(ValueError, match="LOA_BANK_SECRETS"):
            config.bank_secrets()

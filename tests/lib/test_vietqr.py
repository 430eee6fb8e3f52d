"""VietQR against a reader and a writer made by others."""

import io

import pytest
import segno
import zxingcpp
from PIL import Image
from vietqr_emvco import VietQRGenerator, VietQRParser

from loa.lib import qr, vietqr

TRANSFER = {"bank_bin": "970436", "account": "0123456789", "amount": 2_160_000, "purpose": "LOA38K8RPFE"}


def made() -> str:
    return vietqr.payload(bank_bin="970436", account="0123456789", amount=2_160_000, purpose="LOA38K8RPFE")


def test_another_program_reads_the_same_transfer() -> None:
    text = made()
    read = VietQRParser.parse(text)
    assert (read["bank_bin"], read["account_number"], read["amount"]) == ("970436", "0123456789", 2_160_000)
    assert (read["currency"], read["country_code"], read["memo"]) == ("704", "VN", "LOA38K8RPFE")
    assert (read["napas_guid"], read["service_code"]) == ("A000000727", "QRIBFTTA")
    assert VietQRParser.verify_checksum(text)


def test_another_program_writes_the_same_fields() -> None:
    """Theirs adds a merchant's category and name, which a transfer to an account does without."""
    theirs = VietQRGenerator(bank="970436", account="0123456789").generate(amount=2_160_000, memo="LOA38K8RPFE")
    fields, ours = VietQRParser.parse_raw(theirs), VietQRParser.parse_raw(made())
    assert {name: fields.get(name) for name in ours if name != "63"} == {k: v for k, v in ours.items() if k != "63"}
    assert fields.keys() - ours.keys() == {"52", "59"}


def test_the_checksum_is_that_of_the_standard() -> None:
    assert vietqr.crc(b"123456789") == 0x29B1  # the check value of CRC-16/CCITT-FALSE


def test_a_real_reader_reads_the_squares() -> None:
    out = io.BytesIO()
    segno.make(made(), error="m", micro=False).save(out, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(out))
    assert found.text == made()


def test_the_drawing_has_no_style_of_its_own() -> None:
    drawn = qr.draw(made())
    assert drawn.startswith("<svg") and "style" not in drawn and "class" not in drawn


@pytest.mark.parametrize(
    "wrong", [{"bank_bin": "97043"}, {"account": "0123 456"}, {"amount": 0}, {"purpose": "Đơn hàng"}, {"purpose": ""}]
)
def test_what_no_bank_could_read_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no transfer"):
        vietqr.payload(**{**TRANSFER, **wrong})  # type: ignore[arg-type]

"""The relay's password and every mail go under TLS, to the server whose name was asked for and to nobody else."""

import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.queue import queue
from loa.mail.models import Message, Receiver, State

pytestmark = pytest.mark.django_db
Start = Callable[..., "Kept"]


class Kept:
    """Texts that arrived, and whether each came under TLS and from whom."""

    def __init__(self) -> None:
        self.arrived: list[tuple[bool, object]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        self.arrived.append((session.ssl is not None, session.auth_data))
        return "250 OK"


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = (data.login, data.password) == (b"loa", "mật khẩu:/@".encode())
    return AuthResult(success=good, handled=False, auth_data=data.login)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example")])
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - day).not_valid_after(now + day).add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def start(settings: Any, certificate: Path) -> Iterator[Start]:
    """Return a call that starts a relay and sends mail there."""
    running: list[Controller] = []

    def begin(url: str, **how: Any) -> Kept:
        kept = Kept()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        given = {"ssl_context": context} if url.startswith("smtps") else {"tls_context": context}
        relay = Controller(kept, hostname="127.0.0.1", port=port, **given, **how)
        relay.start()
        running.append(relay)
        settings.LOA_MAIL_URL = url.replace("PORT", str(port))
        queue(key="a", to="doc@vidu.vn", subject="Chào", text="x\n", urgent=True)
        deliver_due()
        return kept

    yield begin
    for relay in running:
        relay.stop()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    """Our side trusts that certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


SIGNED_IN = "loa:m%E1%BA%ADt%20kh%E1%BA%A9u%3A%2F%40"


@pytest.mark.parametrize("only_login", [False, True])
def test_the_password_goes_after_starttls(start: Start, trusted: None, only_login: bool) -> None:
    left_out = ["PLAIN"] if only_login else []
    kept = start(f"smtp://{SIGNED_IN}@127.0.0.1:PORT", authenticator=authenticate, auth_required=True,
                 auth_exclude_mechanism=left_out)  # fmt: skip
    assert kept.arrived == [(True, b"loa")], Receiver.objects.values_list("answer", flat=True)


def test_tls_from_the_first_byte(start: Start, trusted: None) -> None:
    kept = start("smtps://127.0.0.1:PORT")
    assert len(kept.arrived) == 1
    assert Message.objects.get().state == State.SENT


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_nobody_vouches_for_is_refused(start: Start, scheme: str) -> None:
    kept = start(f"{scheme}://127.0.0.1:PORT")
    assert kept.arrived == []
    assert "CERTIFICATE_VERIFY_FAILED" in Receiver.objects.get(name="").answer
    assert Message.objects.get().state == State.PENDING


def test_a_wrong_password_holds_all_mail_and_fails_none(start: Start, trusted: None) -> None:
    kept = start("smtp://loa:sai@127.0.0.1:PORT", authenticator=authenticate, auth_required=True)
    assert kept.arrived == []
    assert "535" in Receiver.objects.get(name="").answer
    assert (Message.objects.get().state, Message.objects.get().attempts) == (State.PENDING, 0)

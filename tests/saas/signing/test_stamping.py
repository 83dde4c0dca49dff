"""A signature carries the time stamp of a server that is listed, and none of one that is not."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network

import pytest
from asn1crypto import pem, tsp, x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509 as made_x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID
from flask import Flask
from pyhanko.sign.timestamps import DummyTimeStamper

from saas.config import Config
from saas.config_parts import OutboundHost
from saas.outbound import OutboundRefusedError
from saas.signing import certificates, checking, pdf, stamping
from tests.saas.files import samples
from tests.saas.signing import keys

STAMPED = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


class Server(BaseHTTPRequestHandler):
    """Stamps whatever comes."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        """Answer one request."""
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", stamping.ANSWERED)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
        """Say nothing."""


@pytest.fixture(scope="module")
def authority() -> Iterator[tuple[str, str]]:
    """Address and certificate of a server of time stamps."""
    secret = rsa.generate_private_key(65537, 2048)
    name = made_x509.Name([made_x509.NameAttribute(made_x509.NameOID.COMMON_NAME, "时间戳")])
    usage = made_x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = made_x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(secret.public_key())
    builder = builder.serial_number(7).add_extension(usage, critical=True)
    ca = made_x509.BasicConstraints(ca=True, path_length=None)
    builder = builder.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2060, 1, 1))  # noqa: DTZ001
    text = certificates.text_of([builder.add_extension(ca, critical=True).sign(secret, SHA256())])
    key = PrivateKeyInfo.load(pem.unarmor(certificates.secret_text(secret).encode())[2])
    parsed = x509.Certificate.load(pem.unarmor(text.encode())[2])
    Server.stamper = DummyTimeStamper(parsed, key, fixed_dt=STAMPED)
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://tsa.intra:{server.server_port}/stamp", text
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def asking(app: Flask, config: Config, authority: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The application asks that server."""
    hosts = (OutboundHost("tsa.intra", ip_network("127.0.0.0/8")),)
    monkeypatch.setitem(
        app.extensions, "fengqiao.config", replace(config, timestamp_url=authority[0], outbound_hosts=hosts)
    )
    found = [(2, 1, 6, "", ("127.0.0.1", 0))]
    monkeypatch.setattr("saas.outbound.socket.getaddrinfo", lambda *_args, **_more: found)


@pytest.mark.usefixtures("asking")
def test_a_signature_carries_the_stamp_of_the_server(app: Flask, authority: tuple[str, str]) -> None:
    with app.app_context():
        key = keys.own_key()
    with keys.signing_with(app, key):
        signed = pdf.sign_bytes(samples.pdf(1), reason="卷宗封存")

    found = checking.check(io.BytesIO(signed), [key.certificate.pem, authority[1]])
    unknown = checking.check(io.BytesIO(signed), [key.certificate.pem])

    assert (found.state, found.trusted, found.stamped_at) == ("valid", True, STAMPED)
    assert (unknown.state, unknown.trusted, unknown.stamped_at) == ("valid", True, None)


def test_a_server_that_is_not_listed_is_not_asked(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, timestamp_url="https://tsa.example.cn/"))
    with app.app_context():
        key = keys.own_key()

    with keys.signing_with(app, key), pytest.raises(OutboundRefusedError):
        pdf.sign_bytes(samples.pdf(1), reason="x")

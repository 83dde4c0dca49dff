"""A city has one key in force, made by the test authority or brought in and checked; its secret lies sealed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from saas.audit.models import AuditEvent
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError
from saas.signing import authority, certificates, queries, signer
from saas.signing.actions import SigningAudit
from saas.signing.models import SigningKey
from tenants import context
from tests.saas.signing import keys

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


def chain(until: timedelta = keys.LONG) -> tuple[str, bytes]:
    """A certificate with its issuer's, and its key, as a real authority would hand them over."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    made = keys.certify("测试市签名", leaf.public_key(), "某机构", root, until)
    pem = certificates.text_of([made, keys.certify("某机构", root.public_key(), "某机构", root)])
    return pem, certificates.secret_text(leaf).encode()


def test_a_city_of_invented_people_has_a_test_key(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        by = signer.current()

    assert by is not None
    assert by.certificate.is_test
    assert "北京市" in by.certificate.subject


def test_the_authority_is_the_same_every_time(app: Flask) -> None:
    with app.app_context():
        assert authority.root() == authority.root()
        made, _ = authority.issue("某市")
        made.verify_directly_issued_by(authority.root())


def test_the_secret_lies_sealed(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        rows = db.session.execute(text("SELECT secret_sealed, signing_key::text FROM signing_key")).all()

    assert all(b"PRIVATE" not in row.secret_sealed and "PRIVATE" not in row[1] for row in rows)


def test_no_trace_of_a_key_in_use_shows_its_secret(app: Flask) -> None:
    with app.app_context():
        assert "PRIVATE" not in repr(keys.own_key())


def test_the_city_s_own_login_can_use_a_key_and_not_change_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), in_tenant(beijing):
        db.session.execute(text("UPDATE signing_key SET fingerprint = fingerprint"))


def test_the_command_puts_a_key_brought_in_in_the_place_of_the_old_one(
    app: Flask, zunyi: TenantRef, in_tenant: InTenant, tmp_path: Path
) -> None:
    pem, secret = chain()
    (tmp_path / "c.pem").write_text(pem)
    (tmp_path / "k.pem").write_bytes(secret)
    files = [str(tmp_path / "c.pem"), str(tmp_path / "k.pem")]

    done = app.test_cli_runner().invoke(args=["tenant", "signing-key", "--tenant", "zunyi", "--import", *files])
    again = app.test_cli_runner().invoke(args=["tenant", "signing-key", "--tenant", "zunyi", "--import", *files])

    assert (done.exit_code, again.exit_code) == (0, 1), done.output
    assert "已经导入过" in again.output
    with in_tenant(zunyi):
        newest, before = queries.list_keys()[:2]
        assert (newest.state, newest.test, before.state) == ("active", False, "retired")
        assert certificates.read(pem).fingerprint in done.output
        told = select(AuditEvent).where(AuditEvent.action == SigningAudit.IMPORTED)
        assert db.session.scalars(told).one().detail["new"] == newest.fingerprint


def test_the_command_makes_a_test_key_of_either_kind(app: Flask, zunyi: TenantRef, in_tenant: InTenant) -> None:
    for options in ([], ["--rsa"]):
        done = app.test_cli_runner().invoke(args=["tenant", "signing-key", "--tenant", "zunyi", *options])
        assert done.exit_code == 0, done.output
    with in_tenant(zunyi):
        (active,) = db.session.scalars(select(SigningKey).where(SigningKey.state == "active"))
        assert active.fingerprint in done.output


def test_a_copy_of_a_city_signs_nothing(app: Flask, beijing: TenantRef) -> None:
    with context.transaction(app, replace(beijing, origin_id=new_id())):
        assert queries.find_active() is not None
        assert signer.current() is None


@pytest.mark.parametrize("which", ["other key", "no key", "no certificate", "ended", "weak", "broken chain"])
def test_what_cannot_be_used_is_refused_with_a_sentence(which: str) -> None:
    pem, secret = chain(timedelta(days=10) if which == "ended" else keys.LONG)
    if which == "other key":
        secret = chain()[1]
    elif which == "no key":
        secret = b"nothing"
    elif which == "weak":
        secret = certificates.secret_text(ed25519.Ed25519PrivateKey.generate()).encode()
    elif which == "no certificate":
        pem = "nothing"
    elif which == "broken chain":
        first, other = certificates.load_all(pem)[0], certificates.load_all(chain()[0])[1]
        pem = certificates.text_of([first, other])

    with pytest.raises(InvalidInputError) as refused:
        certificates.check(pem, secret)

    field = "key" if which in {"other key", "no key", "weak"} else "certificate"
    assert list(refused.value.fields) == [field]

"""``flask tenant signing-key``: the key a city signs its documents and dossiers with."""

from pathlib import Path

import click

from saas import clock
from saas.db.session import TenantRef, db
from saas.errors import ConflictError
from saas.identity.actor import SYSTEM
from saas.signing import services
from saas.signing.models import SigningKey
from tenants import connections, registry
from tenants.context import lent

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
TOLD = "{subject}\n指纹（SHA-256）{fingerprint}\n有效期至 {until:%Y-%m-%d}"


@click.command("signing-key")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--import", "imported", type=(READABLE, READABLE), help="Certificate with its issuers, and private key.")
@click.option("--rsa", is_flag=True, help="A test key of RSA instead of P-256.")
def signing_key(code: str, imported: tuple[Path, Path] | None, *, rsa: bool) -> None:
    """Give a city a key to sign with: a real one, else one of the test authority, without legal effect."""
    tenant = registry.get_tenant(code)
    if not tenant.takes_entries:
        raise ConflictError("这个城市没有在服务中，请恢复服务后再更换签名证书。")
    key = install(tenant, imported, "rsa" if rsa else "ec")
    click.echo(TOLD.format(subject=key.subject, fingerprint=key.fingerprint, until=clock.local(key.not_after)))


def install(tenant: TenantRef, imported: tuple[Path, Path] | None, kind: str) -> SigningKey:
    """Make or bring in the key by the administrator's login: the city's own can only use it."""
    with connections.admin_engine(tenant.server).begin() as connection, lent(connection, tenant):
        if imported is None:
            key = services.make_test_key(by=SYSTEM, kind=kind)
        else:
            pem = imported[0].read_text("ascii", "replace")
            key = services.import_key(pem, imported[1].read_bytes(), by=SYSTEM)
        db.session.flush()
        db.session.expunge(key)
    return key

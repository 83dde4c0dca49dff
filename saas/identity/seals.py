"""Seals on rights: a keyed MAC over each role and grant; a row changed behind the application counts for nothing."""

import hmac
import json
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import LoaderCallableStatus, Mapper

from saas.audit import services as audit
from saas.config import current_config
from saas.db.ids import new_id
from saas.db.session import current_tenant, db
from saas.identity import limits
from saas.identity.actions import RightsAction
from saas.identity.actor import SYSTEM, Actor
from saas.identity.models import Grant, Role

KEY_BYTES = 32
TOLD_PER = timedelta(hours=1)


def of_role(role: Role) -> bytes:
    """The seal a role must carry: over everything that says what may be done with it."""
    return _mac("role", role.code, sorted(role.permissions), role.duty, role.clearance)


def of_grant(grant: Grant) -> bytes:
    """The seal a grant must carry: over who holds which role where."""
    return _mac("role_grant", str(grant.id), str(grant.user_id), grant.role_code, str(grant.unit_id))


def is_intact(grant: Grant) -> bool:
    """Whether the application wrote both the grant and its role; what is not so is recorded, once an hour."""
    if _holds(grant.seal, of_grant(grant)):
        if _holds(grant.role.seal, of_role(grant.role)):
            return True
        _tell("role", grant.role_code)
    else:
        _tell("role_grant", str(grant.id))
    return False


def is_role_intact(role: Role) -> bool:
    """Whether the application wrote the role; says nothing to anybody."""
    return _holds(role.seal, of_role(role))


def seal_all(*, by: Actor) -> int:
    """Seal every role and grant as it stands; how many there are.

    For rights from before there were seals, and after the deployment's secret was changed: whoever asks for it
    answers for every right there is.
    """
    rows = [*db.session.scalars(select(Role)), *db.session.scalars(select(Grant))]
    for row in rows:
        row.seal = of_role(row) if isinstance(row, Role) else of_grant(row)
    audit.record(RightsAction.SEALED, ("role", "*"), by=by, detail={"rows": len(rows)})
    return len(rows)


def _holds(seal: bytes | None, right: bytes) -> bool:
    return seal is not None and hmac.compare_digest(seal, right)


def _tell(kind: str, key: str) -> None:
    if limits.hit(limits.key_of("seal", kind, key), 1, TOLD_PER):
        audit.record_apart(RightsAction.TAMPERED, (kind, key), by=SYSTEM)


def _mac(*parts: object) -> bytes:
    key = _key(current_config().secret_key, current_tenant().origin_id)
    return hmac.digest(key, json.dumps(parts, ensure_ascii=False).encode(), "sha256")


@lru_cache(maxsize=512)
def _key(secret: str, city: UUID) -> bytes:
    """A key for this use in this city; a copy of a city carries the seals of the city it was copied from."""
    return HKDF(SHA256(), KEY_BYTES, salt=city.bytes, info=b"fengqiao.rights").derive(secret.encode())


def _seal_role(_mapper: Mapper[Role], _connection: object, role: Role) -> None:
    role.seal = of_role(role)


def _seal_grant(_mapper: Mapper[Grant], _connection: object, grant: Grant) -> None:
    # The seal is over the id, which the column's default would give only now.
    if inspect(grant).attrs.id.loaded_value is LoaderCallableStatus.NO_VALUE:
        grant.id = new_id()
    grant.seal = of_grant(grant)


for _moment in ("before_insert", "before_update"):
    event.listen(Role, _moment, _seal_role)
    event.listen(Grant, _moment, _seal_grant)

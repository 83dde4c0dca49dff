"""Providers of identity that a city trusts, and whom of its users they mean."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from saas.audit import services as audit
from saas.credentials.actions import CredentialAudit
from saas.credentials.models import ExternalIdentity, IdentityProvider
from saas.crypto import sealing
from saas.db.ids import new_id
from saas.db.session import db
from saas.errors import InvalidInputError, NotFoundError
from saas.identity import sessions
from saas.identity.actor import Actor
from saas.identity.models import User

AUDIENCES = ("citizen", "staff")
SECRET = "identity_provider.client_secret"  # noqa: S105 - the name of a column
NO_ISSUER = "请填写完整的网址，以 https:// 开头，结尾不带斜线。"
TAKEN = "这个统一身份已经关联到别的账号，请先核对。"


@dataclass(frozen=True)
class Trusted:
    """What a city settled about a provider; ``id`` is None as long as it is new."""

    audience: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    number_claim: str = ""
    id: UUID | None = None


def find_provider(audience: str) -> IdentityProvider | None:
    """The provider whose word counts for citizens or for staff, None where there is none."""
    query = select(IdentityProvider).where(IdentityProvider.audience == audience, IdentityProvider.active)
    return db.session.scalar(query)


def get_trusted(provider_id: UUID) -> Trusted:
    """A provider with its secret opened, as a value that outlives the transaction.

    Raises:
        NotFoundError: There is none, or it is trusted no more.
    """
    row = db.session.get(IdentityProvider, provider_id)
    if row is None or not row.active:
        raise NotFoundError
    secret = sealing.unseal(SECRET, row.id, row.client_secret).decode()
    return Trusted(row.audience, row.title, row.issuer, row.client_id, secret, row.number_claim, row.id)


def set_provider(given: Trusted, *, by: Actor) -> IdentityProvider:
    """Trust a provider, in the place of the one trusted before for the same people.

    Raises:
        InvalidInputError: Nobody of that kind signs in, or the issuer is no web address.
    """
    if given.audience not in AUDIENCES:
        raise InvalidInputError({"audience": "只能是 citizen（群众）或者 staff（工作人员）。"})
    if not given.issuer.startswith(("https://", "http://")) or given.issuer.endswith("/"):
        raise InvalidInputError({"issuer": NO_ISSUER})
    row = db.session.scalar(select(IdentityProvider).where(IdentityProvider.audience == given.audience))
    row = row or IdentityProvider(id=new_id(), audience=given.audience)
    row.title, row.issuer, row.client_id = given.title, given.issuer, given.client_id
    row.client_secret = sealing.seal(SECRET, row.id, given.client_secret)
    row.number_claim, row.active = given.number_claim, True
    db.session.add(row)
    detail = {"audience": given.audience, "issuer": given.issuer, "client_id": given.client_id}
    audit.record(CredentialAudit.PROVIDER_SET, ("identity_provider", row.id), by=by, detail=detail)
    return row


def link(user: User, issuer: str, subject: str, *, by: Actor) -> ExternalIdentity:
    """Let a provider's subject sign in as a user.

    Raises:
        InvalidInputError: The subject is another user's.
    """
    known = db.session.get(ExternalIdentity, (issuer, subject))
    if known is not None and known.user_id != user.id:
        raise InvalidInputError({"subject": TAKEN})
    known = known or ExternalIdentity(issuer=issuer, subject=subject, user_id=user.id)
    db.session.add(known)
    audit.record(CredentialAudit.IDENTITY_LINKED, user, by=by, detail={"issuer": issuer})
    return known


def find_linked(issuer: str, subject: str) -> User | None:
    """The user that a provider means, if the account may be used: a subject is nothing without who names it."""
    linked = select(User).join(ExternalIdentity, ExternalIdentity.user_id == User.id)
    meant = (ExternalIdentity.issuer == issuer, ExternalIdentity.subject == subject)
    return db.session.scalar(linked.where(*meant, sessions.usable()))

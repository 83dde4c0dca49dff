"""The public page that says whether a dossier is what some city exported, by whom and when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import TenantRef
from saas.dossier.queries import find_record
from saas.dossier.verify import Record
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import limits
from saas.identity.permissions import public
from saas.signing.queries import list_certificates
from saas.web import verdicts
from saas.web.sizes import takes_files
from tenants import registry
from tenants.context import entered
from tenants.web import operators
from tenants.web.blueprint import platform

Answer = TypeVar("Answer")
ASKED = "dossier.verified"
TRIES = 30
TRIES_PER = timedelta(minutes=10)
HAVE_REGISTERS = ("active", "read_only", "suspended")


@platform.get("/verify")
@public
def verify_form() -> ResponseReturnValue:
    """Ask for the file."""
    return _page((), "", None)


@platform.post("/verify")
@public
@takes_files
def verify_file() -> ResponseReturnValue:
    """Say whether any city's register knows the file; what is in it is neither kept nor shown."""
    if not operators.count_try(ASKED, limits.key_of(ASKED, limits.network(request.remote_addr)), TRIES, TRIES_PER):
        raise TooManyTriesError("核验次数过多，请过十分钟再试。")
    wanted = verdicts.asked()
    if wanted.errors:
        return _page(wanted.errors, wanted.typed, None), 422
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - asking pushes a context.
    registers = Registers(app)
    try:
        found = verdicts.judge(wanted, registers.ask, registers.certificates)
    except InvalidInputError as error:
        return _page(tuple(error.fields.items()), wanted.typed, None), 422
    verdict = verdicts.shown(found, {"登记城市": registers.city}, names=False)
    if registers.silent:
        silent = "、".join(dict.fromkeys(registers.silent))
        verdict["problems"].append(f"{silent}的登记暂时查不到，请稍后再核验一次。")
    return _page((), wanted.typed, verdict)


def _page(errors: Sequence[tuple[str, str]], typed: str, verdict: Mapping[str, Any] | None) -> str:
    return render_template("operator/verify.html", errors=errors, typed=typed, verdict=verdict)


class Registers:
    """The registers of all cities, asked one after another until one knows the digest."""

    def __init__(self, app: Flask) -> None:
        """Nobody has been asked yet."""
        self._app = app
        self.city: str | None = None
        self.silent: list[str] = []

    def ask(self, digests: Sequence[str]) -> Record | None:
        """What is known of a file by one of its digests; ``city`` says where."""
        for tenant, record in self._each(lambda: find_record(digests)):
            if record is not None:
                self.city = tenant.name
                return record
        return None

    def certificates(self) -> list[str]:
        """Every certificate a city ever signed with."""
        return [text for _, found in self._each(list_certificates) for text in found]

    def _each(self, ask: Callable[[], Answer]) -> Iterator[tuple[TenantRef, Answer]]:
        for tenant in registry.list_tenants():
            if tenant.state not in HAVE_REGISTERS:
                continue
            try:
                with entered(self._app, tenant):
                    found = ask()
            except SQLAlchemyError:
                self.silent.append(tenant.name)
            else:
                yield tenant, found

"""The public page that says whether a dossier is what some city exported, by whom and when."""

from datetime import timedelta

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import TenantRef
from saas.dossier.queries import find_record
from saas.dossier.verify import Record, verify
from saas.errors import TooManyTriesError
from saas.identity import limits
from saas.identity.permissions import public
from saas.web import verdicts
from saas.web.sizes import takes_files
from tenants import registry
from tenants.context import entered
from tenants.web import operators
from tenants.web.blueprint import platform

ASKED = "dossier.verified"
TRIES = 30
TRIES_PER = timedelta(minutes=10)
HAVE_REGISTERS = ("active", "read_only", "suspended")


@platform.get("/verify")
@public
def verify_form() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("operator/verify.html", errors=[], verdict=None)


@platform.post("/verify")
@public
@takes_files
def verify_file() -> ResponseReturnValue:
    """Say whether any city's register knows the file; what is in it is neither kept nor shown."""
    if not operators.count_try(ASKED, limits.key_of(ASKED, limits.network(request.remote_addr)), TRIES, TRIES_PER):
        raise TooManyTriesError("核验次数过多，请过十分钟再试。")
    upload = request.files.get("file")
    data = upload.read() if upload else b""
    if not data:
        return render_template("operator/verify.html", errors=[verdicts.NO_FILE], verdict=None), 422
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - asking pushes a context.
    registers = Registers(app)
    found = verify(data, registers.ask)
    verdict = verdicts.shown(found, {"登记城市": registers.city})
    if registers.silent:
        verdict["problems"].append(f"{'、'.join(registers.silent)}的登记暂时查不到，请稍后再核验一次。")
    return render_template("operator/verify.html", errors=[], verdict=verdict)


class Registers:
    """The registers of all cities, asked one after another until one knows the digest."""

    def __init__(self, app: Flask) -> None:
        """Nobody has been asked yet."""
        self._app = app
        self.city: str | None = None
        self.silent: list[str] = []

    def ask(self, digest: str) -> Record | None:
        """What is known of a digest; ``city`` says where."""
        for tenant in registry.list_tenants():
            record = self._ask(tenant, digest) if tenant.state in HAVE_REGISTERS else None
            if record is not None:
                self.city = tenant.name
                return record
        return None

    def _ask(self, tenant: TenantRef, digest: str) -> Record | None:
        try:
            with entered(self._app, tenant):
                return find_record(digest)
        except SQLAlchemyError:
            self.silent.append(tenant.name)
            return None

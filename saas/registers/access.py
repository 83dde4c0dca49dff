"""Who reaches which entry: by the register's permission and the unit that keeps it. Nothing else decides it."""

from sqlalchemy import ColumnElement, false, or_

from saas.domain import closed_to
from saas.errors import PermissionDeniedError
from saas.identity.actor import Actor, Granted
from saas.registers.catalogue import Declared, all_registers
from saas.registers.declaration import Register
from saas.registers.models import RegisterEntry

NOT_YOURS = "您的权限不包括这个单位的这个名录。如工作需要，请联系本单位的系统管理员开通。"


def readable(actor: Actor) -> list[Declared]:
    """The registers that the actor may read somewhere, in the order of the lines of work."""
    return [one for one in all_registers() if may_read(actor, one.register)]


def reads_any(actor: Actor) -> bool:
    """Whether the actor may read a register somewhere."""
    return any(may_read(actor, one.register) for one in all_registers())


def may_read(actor: Actor, register: Register) -> bool:
    """Whether the actor may read the register somewhere; who keeps it reads it too."""
    return actor.may(register.read) or actor.may(register.write)


def reach(actor: Actor, register: Register) -> ColumnElement[bool]:
    """A condition on entries: they are the register's, and the actor may read them."""
    scopes = {*actor.scopes(register.read), *actor.scopes(register.write)}
    inside = (RegisterEntry.unit_path.startswith(scope, autoescape=True) for scope in sorted(scopes))
    return (RegisterEntry.register == register.key) & or_(false(), *inside)


def counted(actor: Actor, permission: str) -> ColumnElement[bool]:
    """A condition on entries: the actor may use a permission of the kernel in their unit and their line of work."""
    held = [granted for granted in actor.grants if permission in granted.permissions]
    return or_(false(), *(_counted(granted) for granted in held))


def _counted(granted: Granted) -> ColumnElement[bool]:
    closed = closed_to(granted.role)
    out = [one.register.key for one in all_registers() if one.line.name in closed]
    return RegisterEntry.unit_path.startswith(granted.path, autoescape=True) & RegisterEntry.register.not_in(out)


def may_write_at(actor: Actor, register: Register, path: str) -> bool:
    """Whether the actor keeps the register at a unit."""
    return actor.may_at(register.write, path)


def check_write(actor: Actor, register: Register, path: str) -> None:
    """Refuse staff who do not keep the register at a unit; the platform itself may.

    Raises:
        PermissionDeniedError: they do not.
    """
    if actor.kind != "system" and not may_write_at(actor, register, path):
        raise PermissionDeniedError(NOT_YOURS)

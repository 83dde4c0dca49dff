"""The registers that the lines of work declare, and the forms of their entries."""

from collections.abc import Iterator
from dataclasses import dataclass

from saas.domain import Domain, domains
from saas.errors import NotFoundError
from saas.fields.definition import FieldDefinition, FormDefinition
from saas.registers.declaration import Register

SECRET_TYPES = frozenset({"id_number", "birth"})
"""Types of questions whose answers are sealed though nothing else is said of them."""


@dataclass(frozen=True)
class Declared:
    """A register with the line of work that declares it."""

    line: Domain
    register: Register

    @property
    def form(self) -> FormDefinition:
        """What an entry holds."""
        return self.line.fields[self.register.form]

    def record_form(self, kind: str) -> FormDefinition:
        """What a dated record of a kind holds.

        Raises:
            NotFoundError: the register keeps none of that kind.
        """
        key = self.register.record_forms.get(kind)
        if key is None:
            raise NotFoundError
        return self.line.fields[key]


def all_registers() -> Iterator[Declared]:
    """Every declared register, in the order of the lines of work."""
    for line in domains():
        for register in line.registers:
            yield Declared(line, register)


def find(key: str) -> Declared:
    """The register of that key.

    Raises:
        NotFoundError: no line of work declares it.
    """
    for one in all_registers():
        if one.register.key == key:
            return one
    raise NotFoundError


def is_secret(field: FieldDefinition) -> bool:
    """Whether the answer lies sealed: what is sensitive, masked when shown, or tells who somebody is."""
    return field.sensitive or field.mask is not None or field.type in SECRET_TYPES

"""Attributes of a model whose values lie sealed in the table and are opened when somebody reads them."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Generic, Protocol, TypeVar, overload

from saas.crypto import blind, sealing
from saas.db.base import Model
from saas.db.ids import new_id

Value = TypeVar("Value")
Mask = Callable[[str], str]
_OPENED = "_opened"


def list_sealed() -> dict[str, list["_Attribute[Any]"]]:
    """The sealed attributes of every table by its name, in the order they are written in the model."""
    found: dict[str, list[_Attribute[Any]]] = {}
    for mapper in Model.registry.mappers:
        own = [one for one in vars(mapper.class_).values() if isinstance(one, _Attribute)]
        if own:
            found[str(mapper.class_.__tablename__)] = own
    return found


class Row(Protocol):
    """A row with an id of its own."""

    id: Any


class _Attribute(Generic[Value]):
    """What both kinds share: a column beside the attribute, and what was opened, remembered with the row."""

    def __init__(self, column: str) -> None:
        """Take the name under which values are sealed, ``table.column``."""
        self.column = column

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.sealed = name, f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> "_Attribute[Value]": ...

    @overload
    def __get__(self, row: Row, owner: type) -> Value: ...

    def __get__(self, row: Row | None, owner: type) -> "Value | _Attribute[Value]":
        if row is None:
            return self
        blob: bytes | None = getattr(row, self.sealed)
        if blob is None:
            return self._absent()
        opened: dict[str, tuple[bytes, Value]] = row.__dict__.setdefault(_OPENED, {})
        known = opened.get(self.name)
        if known is None or known[0] != blob:
            known = opened[self.name] = (blob, self._read(sealing.unseal(self.column, row.id, blob)))
        return known[1]

    def __set__(self, row: Row, value: Value) -> None:
        if row.id is None:
            row.id = new_id()  # The ciphertext is bound to the row, which therefore needs its name first.
        written = self._write(value)
        blob = None if written is None else sealing.seal(self.column, row.id, written)
        setattr(row, self.sealed, blob)
        if blob is not None:
            row.__dict__.setdefault(_OPENED, {})[self.name] = (blob, value)

    def _absent(self) -> Value:
        raise NotImplementedError

    def _read(self, plain: bytes) -> Value:
        raise NotImplementedError

    def _write(self, value: Value) -> bytes | None:
        raise NotImplementedError


class Sealed(_Attribute[str | None]):
    """A text in ``<name>_sealed``; with a mask also in ``<name>_mask`` and, if it is looked for, ``<name>_index``.

    Lists show the mask and so open nothing.
    """

    def __init__(self, column: str, *, mask: Mask | None = None, index: bool = False) -> None:
        """Take the name it is sealed under, what of it may lie open, and whether rows are found by it."""
        super().__init__(column)
        self.mask, self.index = mask, index

    def __set__(self, row: Row, value: str | None) -> None:
        """Seal the value and keep what may lie open of it."""
        super().__set__(row, value or None)
        if self.mask:
            setattr(row, f"{self.name}_mask", self.mask(value) if value else None)
        if self.index:
            setattr(row, f"{self.name}_index", blind.index_of(self.column, value) if value else None)

    def _absent(self) -> str | None:
        return None

    def _read(self, plain: bytes) -> str | None:
        return plain.decode()

    def _write(self, value: str | None) -> bytes | None:
        return value.encode() if value else None


class SealedDate(_Attribute[date | None]):
    """A day in ``<name>_sealed``."""

    def _absent(self) -> date | None:
        return None

    def _read(self, plain: bytes) -> date | None:
        return date.fromisoformat(plain.decode())

    def _write(self, value: date | None) -> bytes | None:
        return value.isoformat().encode() if value else None


class SealedJson(_Attribute[dict[str, Any]]):
    """A JSON object in ``<name>_sealed``; an empty one is no ciphertext at all."""

    def _absent(self) -> dict[str, Any]:
        return {}

    def _read(self, plain: bytes) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(plain)
        return found

    def _write(self, value: Mapping[str, Any]) -> bytes | None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() if value else None

"""Rows as an export shows them: what lies sealed is opened, and what only the program needs is left out."""

import json
from typing import Any
from uuid import UUID

from saas.crypto import sealing
from saas.crypto.fields import SealedJson, list_sealed
from saas.crypto.models import DataKey
from saas.crypto.rings import Ring

LEFT_OUT = frozenset(
    {DataKey.__tablename__, "password_past", "recovery_code", "totp_factor", "passkey", "ceremony", "phone_code"}
)
"""Keys open nothing outside this program, and what they open is in the export; what proves somebody stays here."""


class Opener:
    """Opens the rows of one city."""

    def __init__(self, ring: Ring) -> None:
        """Take the city's keys."""
        self._ring, self._sealed = ring, list_sealed()

    def line(self, table: str, line: str) -> bytes:
        """A row as one line of JSON, each sealed column under its own name.

        Raises:
            SealBrokenError: A value cannot be opened.
        """
        if table not in self._sealed:
            return line.encode()
        row: dict[str, Any] = json.loads(line)
        for attribute in self._sealed[table]:
            if attribute.sealed not in row:  # A secret that proves somebody is kept back as it lies.
                continue
            blob = row.pop(attribute.sealed)
            for part in ("mask", "index"):
                row.pop(f"{attribute.name}_{part}", None)
            row[attribute.name] = self._open(attribute.column, row["id"], blob)
            if isinstance(attribute, SealedJson):
                row[attribute.name] = json.loads(row[attribute.name] or "{}")
        return json.dumps(row, ensure_ascii=False).encode()

    def _open(self, column: str, row_id: str, blob: str | None) -> str | None:
        """The text of a ciphertext as JSON writes it, in hexadecimal digits."""
        if blob is None:
            return None
        return sealing.unseal_under(self._ring, column, UUID(row_id), bytes.fromhex(blob.removeprefix("\\x"))).decode()

"""How short messages leave: by the interface of whoever carries them, or into files where nobody does."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from saas import outbound
from saas.config import Config

FOLDER = "outbox"


class Sender(Protocol):
    """Hands over a message; ``message_id`` lets the carrier recognise one that comes a second time."""

    def send(self, message_id: UUID, number: str, text: str) -> None:
        """Hand the message over, or raise :class:`saas.outbound.OutboundError`."""


@dataclass(frozen=True)
class FolderSender:
    """Writes each message into a file, readable by the owner only: for demonstrations and tests."""

    folder: Path

    def send(self, message_id: UUID, number: str, text: str) -> None:
        """Write ``<id>.json``; the same message replaces itself."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = self.folder / f"{message_id}.new"
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({"to": number, "text": text}, file, ensure_ascii=False)
        written.replace(self.folder / f"{message_id}.json")


@dataclass(frozen=True)
class WebSender:
    """Posts ``{id, to, text}`` as JSON to the carrier's address, with the key as a bearer token."""

    url: str
    key: str

    def send(self, message_id: UUID, number: str, text: str) -> None:
        """Post the message.

        Raises:
            OutboundError: The carrier did not take it.
        """
        body = json.dumps({"id": str(message_id), "to": number, "text": text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {self.key}"}
        outbound.fetch(self.url, method="POST", body=body, headers=headers, limit=16 * 1024)


def sender_for(config: Config, tenant_id: UUID, *, demo: bool) -> Sender | None:
    """The way a city's messages leave; None for a real city of a deployment that has no carrier."""
    if config.sms_url:
        return WebSender(config.sms_url, config.sms_key)
    return FolderSender(config.storage_dir / FOLDER / str(tenant_id)) if demo else None

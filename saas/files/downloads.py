"""What a browser is sent when it asks for an attachment."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from saas.files import store
from saas.files.kinds import SHOWN
from saas.files.models import File
from saas.files.names import disposition


@dataclass(frozen=True)
class Download:
    """A body and its headers; the view adds nothing but the status."""

    data: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Streamed:
    """A body that is read from the disk while it is sent, and its headers; who sent it closes it."""

    body: BinaryIO
    headers: dict[str, str]
    close: Callable[[], None]


def download(file: File, *, inline: bool = False) -> Download:
    """An attachment to be saved, or to be shown in the browser if asked for and of a harmless kind."""
    return prepare(file.name, file.media_type, file.storage_key, inline=inline)


def prepare(name: str, media_type: str, key: str, *, inline: bool = False) -> Download:
    """A stored object under a name; only PDF, JPEG and PNG are ever shown in the browser.

    Raises:
        DamagedFileError: The stored bytes are not those that were kept.
    """
    data = store.get(key)
    return Download(data, _headers(name, media_type, len(data), inline=inline))


def stream(name: str, media_type: str, key: str) -> Streamed:
    """A stored object under a name, to be saved; proven before the first of its bytes is sent.

    Raises:
        DamagedFileError: The stored bytes are not those that were kept.
    """
    with ExitStack() as opening:
        opened = opening.enter_context(store.open_stream(key))
        size = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        return Streamed(opened, _headers(name, media_type, size, inline=False), opening.pop_all().close)


def made_here(name: str, media_type: str, body: BinaryIO, close: Callable[[], None]) -> Streamed:
    """What was made on the disk for this answer, under a name, to be saved."""
    size = body.seek(0, os.SEEK_END)
    body.seek(0)
    return Streamed(body, _headers(name, media_type, size, inline=False), close)


def _headers(name: str, media_type: str, size: int, *, inline: bool) -> dict[str, str]:
    return {
        "Content-Type": media_type,
        "Content-Length": str(size),
        "Content-Disposition": disposition(name, inline=inline and media_type in SHOWN),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }

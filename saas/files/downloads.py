"""What a browser is sent when it asks for an attachment."""

from dataclasses import dataclass

from saas.files import store
from saas.files.kinds import SHOWN
from saas.files.models import File
from saas.files.names import disposition


@dataclass(frozen=True)
class Download:
    """A body and its headers; the view adds nothing but the status."""

    data: bytes
    headers: dict[str, str]


def download(file: File, *, inline: bool = False) -> Download:
    """An attachment to be saved, or to be shown in the browser if asked for and of a harmless kind."""
    return prepare(file.name, file.media_type, file.storage_key, inline=inline)


def prepare(name: str, media_type: str, key: str, *, inline: bool = False) -> Download:
    """A stored object under a name; only PDF, JPEG and PNG are ever shown in the browser.

    Raises:
        DamagedFileError: The stored bytes are not those that were kept.
    """
    data = store.get(key)
    return Download(
        data,
        {
            "Content-Type": media_type,
            "Content-Length": str(len(data)),
            "Content-Disposition": disposition(name, inline=inline and media_type in SHOWN),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )

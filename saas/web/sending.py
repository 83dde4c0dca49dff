"""Answers that are files."""

from flask import Response

from saas.files.downloads import Download, Streamed
from saas.files.names import disposition

PDF = "application/pdf"
PIECE = 1 << 18  # bytes


def send(download: Download) -> Response:
    """A stored file with its headers."""
    return Response(download.data, headers=download.headers)


def send_stream(download: Streamed) -> Response:
    """A stored file that is too large to be held in memory, piece by piece."""
    pieces = iter(lambda: download.body.read(PIECE), b"")
    response = Response(pieces, headers=download.headers)
    response.call_on_close(download.close)
    return response


def send_bytes(data: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """Bytes made for this answer, under a name that may be Chinese."""
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": disposition(name, inline=inline),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(data, headers=headers)

"""Answers that are files."""

from typing import BinaryIO

from flask import Response
from werkzeug.wsgi import FileWrapper

from saas.files.downloads import Download
from saas.files.names import disposition

PDF = "application/pdf"
PIECE = 1 << 18  # bytes


def send(download: Download) -> Response:
    """A stored file with its headers."""
    return Response(download.data, headers=download.headers)


def send_file(file: BinaryIO, media_type: str, name: str) -> Response:
    """A file made for this answer, sent piece by piece and closed at the end."""
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": disposition(name, inline=False),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(FileWrapper(file, PIECE), headers=headers, direct_passthrough=True)


def send_bytes(data: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """Bytes made for this answer, under a name that may be Chinese."""
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": disposition(name, inline=inline),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(data, headers=headers)

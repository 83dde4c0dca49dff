"""How the press and those who have it print talk: messages of several byte strings, the length before each."""

import re
import struct
from collections.abc import Sequence
from typing import BinaryIO

PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,(?P<data>[A-Za-z0-9+/=]*)")
"""How pictures stand in the markup."""
NUMBER = struct.Struct(">I")
LARGEST_PART = 256 * 1024 * 1024  # bytes; more was never sent, so the other side talks nonsense


def send(stream: BinaryIO, parts: Sequence[bytes]) -> None:
    """Send one message.

    Raises:
        OSError: The other side is gone.
    """
    stream.write(NUMBER.pack(len(parts)))
    for part in parts:
        stream.write(NUMBER.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO) -> list[bytes]:
    """Wait for one message.

    Raises:
        EOFError: The other side is gone.
    """
    return [_read(stream, _number(stream)) for _ in range(_number(stream))]


def _number(stream: BinaryIO) -> int:
    number: int = NUMBER.unpack(_read(stream, NUMBER.size))[0]
    if number > LARGEST_PART:
        raise EOFError
    return number


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data

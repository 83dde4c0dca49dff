"""Hash trees over events (RFC 6962, section 2.1): no leaf can pass for a node, nor a node for a leaf."""

import hashlib
from collections.abc import Sequence

DIGESTS = {1: "sha256", 2: "sm3"}
"""Which digest a format of seals uses: SHA-256 (FIPS 180-4) or SM3 (GB/T 32905)."""
LEAF, NODE, HEAD, LINK = b"\x00", b"\x01", b"\x02", b"\x03"


def digest(format_: int, *parts: bytes) -> bytes:
    """The digest of the parts one after the other, as the format of the seal says."""
    return hashlib.new(DIGESTS[format_], b"".join(parts)).digest()


def root(leaves: Sequence[bytes], format_: int = 1) -> bytes:
    """The root over the hashes of leaves, in their order; a lone last one goes up as it is."""
    if not leaves:
        return digest(format_)
    level = list(leaves)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [digest(format_, NODE, left, right) for left, right in pairs]
        level = joined + level[len(joined) * 2 :]
    return level[0]

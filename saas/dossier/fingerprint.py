"""A page's fingerprint: everything that decides what is seen on it, independent of how the file stores it."""

import hashlib
from decimal import Decimal

import pikepdf

# How a stream is packed and where objects lie may change when a file is saved again; what is seen does not.
PACKING = frozenset({"/Filter", "/DecodeParms", "/Length", "/DL"})
ELSEWHERE = frozenset({"/Page", "/Pages", "/Catalog"})
NOTES = "/Annots"
WAYS_OUT = frozenset({"/Parent", "/P", "/StructParents", "/StructParent", "/Dest", "/Tabs", "/Type"})


class Fingerprints:
    """Takes fingerprints of the pages of one file; shared fonts and pictures are read once."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, page: pikepdf.Page) -> str:
        """The SHA-256 over the page's size, content, resources and annotations."""
        content = hashlib.sha256(_content(page.obj)).digest()
        seen = self._dictionary(page.obj, without=WAYS_OUT | {"/Contents"})
        return hashlib.sha256(content + seen).hexdigest()

    def _value(self, item: object) -> bytes:
        if isinstance(item, pikepdf.Object) and item.is_indirect:
            return self._numbered(item)
        return self._direct(item)

    def _numbered(self, item: pikepdf.Object) -> bytes:
        number = item.objgen
        if number not in self._known:
            # An object that contains itself is met again before it is known: the mark ends the circle.
            self._known[number] = b"circle"
            self._known[number] = self._direct(item)
        return self._known[number]

    def _direct(self, item: object) -> bytes:
        if isinstance(item, pikepdf.Stream):
            return _digest(b"stream", self._dictionary(item.stream_dict, without=PACKING), _unpacked(item))
        if isinstance(item, pikepdf.Dictionary):
            if str(item.get("/Type", "")) in ELSEWHERE:
                return b"page"
            return self._dictionary(item, without=frozenset())
        if isinstance(item, pikepdf.Array):
            return _digest(b"array", *(self._value(each) for each in item))
        return _digest(b"plain", _plain(item))

    def _dictionary(self, item: pikepdf.Object, *, without: frozenset[str]) -> bytes:
        parts = [b"dictionary"]
        for name, value in sorted(item.items()):
            told = None if name in without or value is None else self._entry(name, value)
            if told is not None:
                parts += [name.encode(), told]
        return _digest(*parts)

    def _entry(self, name: str, value: pikepdf.Object) -> bytes | None:
        """The value of an entry; of a page's notes without the invisible place of a signature, if there are."""
        if name != NOTES or not isinstance(value, pikepdf.Array):
            return self._value(value)
        notes = [self._value(note) for note in value if not _is_place_of_signature(note)]
        return _digest(b"array", *notes) if notes else None


def _is_place_of_signature(note: object) -> bool:
    """Whether a note is where a signature is anchored: of no size and with no look, so that nothing is seen of it."""
    if not isinstance(note, pikepdf.Dictionary) or "/AP" in note:
        return False
    sides = [_plain(side) for side in note.get("/Rect", pikepdf.Array([1]))]
    return str(note.get("/FT", "")) == "/Sig" and str(note.get("/Subtype", "")) == "/Widget" and set(sides) == {b"0"}


def _plain(item: object) -> bytes:
    if isinstance(item, bool):
        return str(item).encode()
    if isinstance(item, int | Decimal):
        return f"{Decimal(item).normalize():f}".encode()
    if isinstance(item, pikepdf.String):
        return bytes(item)
    return str(item).encode()


def _content(page: pikepdf.Object) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_unpacked(stream) for stream in streams if isinstance(stream, pikepdf.Stream))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """The bytes without general compression; pictures stay in their own coding."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _digest(*parts: bytes) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()

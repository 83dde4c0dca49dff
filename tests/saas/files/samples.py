"""Files as people send them: good ones, broken ones, and some that mean harm."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

GPS_IFD = 0x8825
CAMERA = 0x0110
ORIENTATION = 0x0112


def pdf(pages: int = 1, text: str = "") -> bytes:
    """A plain PDF; the text stands in the content of every page."""
    with pikepdf.new() as made:
        for number in range(pages):
            made.add_blank_page(page_size=(595, 842))
            made.pages[-1].Contents = Stream(made, f"% {text} {number}\nq Q".encode())
        return saved(made)


def saved(made: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """The bytes of a PDF."""
    out = io.BytesIO()
    made.save(out, deterministic_id=encryption is None, encryption=encryption)
    return out.getvalue()


def pdf_opening_with(action: Dictionary | Array) -> bytes:
    """A PDF that does something when it is opened."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.Root.OpenAction = action
        return saved(made)


def pdf_going_to_first_page() -> bytes:
    """A PDF that opens at its first page, as many scanners write it."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])
        return saved(made)


def pdf_with_script_in_names() -> bytes:
    """A PDF with a script that belongs to the document."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        script = made.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        return saved(made)


def pdf_with_launching_link() -> bytes:
    """A PDF with a place that starts a program when clicked."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        launch = Dictionary(S=Name.Launch, F=String("cmd.exe"))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 10, 10]), A=launch)
        made.pages[0].obj.Annots = Array([made.make_indirect(link)])
        return saved(made)


def pdf_with_file_inside() -> bytes:
    """A PDF that carries another file."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.attachments["secret.exe"] = b"MZ"
        return saved(made)


def pdf_locked(user: str) -> bytes:
    """A PDF with a password; an empty one only forbids printing and copying."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        return saved(made, encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_bomb(megabytes: int = 80) -> bytes:
    """A small PDF whose page content becomes very large when unpacked."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_048_576) for _ in range(megabytes)) + packer.flush()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        bomb = made.make_stream(b"")
        bomb.write(packed, filter=Name.FlateDecode)
        made.pages[0].Contents = bomb
        return saved(made)


def jpeg(size: tuple[int, int] = (40, 20), *, turned: bool = False, noted: bool = False) -> bytes:
    """A photograph, red on its left half; ``turned`` is held sideways, ``noted`` tells camera and place."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    if turned:
        notes[ORIENTATION] = 6
    if noted:
        notes[CAMERA] = "SECRET-CAMERA"
        notes[GPS_IFD] = {1: "N", 2: (39.0, 54.0, 0.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=notes)
    return out.getvalue()


def png(size: tuple[int, int] = (30, 10), mode: str = "RGBA") -> bytes:
    """A picture from a screen."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG whose header promises a huge picture."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    body = b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body

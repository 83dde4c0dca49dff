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


def pdf_of_many_pages(pages: int) -> bytes:
    """A PDF of many empty pages, written by hand, which is fast."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    tree = f"<</Type/Pages/MediaBox[0 0 595 842]/Count {pages}/Kids[{kids}]>>"
    body, places = "%PDF-1.7\n", []
    for number, item in enumerate(["<</Type/Catalog/Pages 2 0 R>>", tree, *["<</Type/Page/Parent 2 0 R>>"] * pages], 1):
        places.append(len(body))
        body += f"{number} 0 obj{item}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {pages + 3}\n0000000000 65535 f \n"
    return f"{body}{head}{table}trailer<</Size {pages + 3}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


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
    with pikepdf.open(io.BytesIO(pdf())) as made:
        bomb = made.make_stream(b"")
        bomb.write(_blanks(megabytes), filter=Name.FlateDecode)
        made.pages[0].Contents = bomb
        return saved(made)


def pdf_with_packed_table(megabytes: int) -> bytes:
    """A small PDF whose table of places becomes very large when unpacked; nothing can be read before it is."""
    packed, head = _blanks(megabytes), b"%PDF-1.5\n"
    about = b"/Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(packed)
    table = b"4 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (about, packed)
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def pdf_drawing_itself(levels: int = 12) -> bytes:
    """A PDF of some kilobytes whose one page draws a drawing ten times, which draws another ten times, and so on."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        box = Array([0, 0, 595, 842])
        drawn = made.make_indirect(Stream(made, b"0 0 1 1 re f " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=box))
        for _ in range(levels):
            outer = Stream(made, b"/D Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=box)
            outer.Resources = Dictionary(XObject=Dictionary(D=drawn))
            drawn = made.make_indirect(outer)
        made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(D=drawn))
        made.pages[0].Contents = Stream(made, b"/D Do")
        return saved(made)


def pdf_with_broken_table() -> bytes:
    """A PDF whose table of places leads nowhere, as after a bad transfer."""
    whole = pdf(2)
    at = whole.rindex(b"startxref")
    return whole[:at] + b"startxref\n7\n%%EOF\n"


def pdf_with_huge_picture() -> bytes:
    """A PDF with a picture that says it is 40,000 pixels wide and high."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        sides = {"Width": 40_000, "Height": 40_000, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
        picture = Stream(made, jpeg(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, **sides)
        made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(P=made.make_indirect(picture)))
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


def _blanks(megabytes: int) -> bytes:
    """So many blanks, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1_048_576) for _ in range(megabytes)) + packer.flush()

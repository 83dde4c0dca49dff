"""What a bound file says of itself to viewers and archives, the same in both places a PDF has for it."""

from datetime import datetime
from html import escape

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from saas import clock
from saas.dossier.enclosing import pdf_date

PRODUCER = "Fengqiao"
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{descriptions}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
DESCRIPTION = '<rdf:Description rdf:about="" xmlns:{prefix}="{space}">{inside}</rdf:Description>'
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


def describe(pdf: pikepdf.Pdf, title: str, moment: datetime, *, part: int | None) -> None:
    """Title, dates and language; ``part`` is that of PDF/A which the file claims at level B, or None."""
    stream = Stream(pdf, packet(title, moment, part).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    for name, text in (("/Title", title), ("/Producer", PRODUCER), ("/Creator", PRODUCER)):
        pdf.docinfo[name] = String(text)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String(pdf_date(moment))
    pdf.Root.Lang = String("zh-CN")
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def packet(title: str, moment: datetime, part: int | None) -> str:
    """The metadata as XMP: each schema in a description of its own, which every reader of it understands."""
    at = clock.local(moment).isoformat(timespec="seconds")
    told = {
        "dc": f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>',
        "pdf": f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        "xmp": f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>"
        f"<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>",
    }
    if part is not None:
        told["pdfaid"] = f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
    described = (DESCRIPTION.format(prefix=name, space=SPACES[name], inside=inside) for name, inside in told.items())
    return PACKET.format(descriptions="\n".join(described))

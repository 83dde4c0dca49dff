"""Whether pages from elsewhere may stand in a file that calls itself PDF/A-3b (ISO 19005-3), as far as we can see.

What is checked: fonts are embedded, colours are ones the file's sRGB profile explains, and nothing is used that the
standard forbids in content and resources. What the binding leaves out anyway (actions, notes, scripts, forms,
encryption) and repacks (LZW) is not looked for. A validator on site has the last word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
BLEND_MODES = frozenset(
    {
        *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge"),
        *("/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color"),
        "/Luminosity",
    }
)
FORBIDDEN = {
    "/PS": "含有 PostScript",
    "/Ref": "引用了外部页面",
    "/OPI": "引用了外部图像",
    "/Alternates": "含有替换图像",
    "/OC": "含有可隐藏的图层",
    "/F": "引用了外部数据",
}
FONTS, CMYK, LZW, JPX, STATE = (
    "有字体没有嵌入",
    "用了印刷色（CMYK），没有颜色说明",
    "用了不允许的压缩方式（LZW）",
    "含有没有检查的图像格式（JPEG 2000）",
    "用了不允许的绘图设置",
)
NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)\s+"
CMYK_COLOUR = re.compile(rb"(?:" + NUMBER + rb"){4}[kK](?=\s|$)")
INLINE_CMYK = re.compile(rb"/(?:CMYK|DeviceCMYK)\b")
INLINE_LZW = re.compile(rb"/LZW(?:Decode)?\b")
DEEPEST = 12  # drawings within drawings


def reasons(pdf: pikepdf.Pdf, start: int, length: int) -> tuple[str, ...]:
    """What in some pages of a file keeps it from being PDF/A; empty if nothing was found. Pages count from 0."""
    look = _Look()
    for index in range(start, start + length):
        look.at_content(pdf.pages[index].obj, 0)
    return tuple(dict.fromkeys(look.found))


@dataclass
class _Look:
    """Walks what pages draw with; what several of them share is looked at once."""

    found: list[str] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def at_content(self, item: pikepdf.Object, depth: int) -> None:
        """A page, or something drawn like one: its operators and its resources."""
        if depth > DEEPEST:
            self.found.append(STATE)
            return
        self._operators(_operators(item))
        resources = item.get("/Resources")
        if resources is not None:
            self._resources(resources, depth)

    def _operators(self, data: bytes) -> None:
        if CMYK_COLOUR.search(data) or INLINE_CMYK.search(data):
            self.found.append(CMYK)
        if INLINE_LZW.search(data):
            self.found.append(LZW)

    def _resources(self, resources: pikepdf.Object, depth: int) -> None:
        for font in self._fresh(resources, "/Font"):
            self._font(font, depth)
        for drawn in self._fresh(resources, "/XObject"):
            self._drawn(drawn, depth)
        for state in self._fresh(resources, "/ExtGState"):
            self._state(state, depth)
        self.found += [FORBIDDEN["/OC"] for one in self._fresh(resources, "/Properties") if _is_layer(one)]
        self._colours(resources, depth)

    def _colours(self, resources: pikepdf.Object, depth: int) -> None:
        for colour in self._fresh(resources, "/ColorSpace"):
            self._colour(colour)
        for shading in self._fresh(resources, "/Shading"):
            self._colour(shading.get("/ColorSpace"))
        for pattern in self._fresh(resources, "/Pattern"):
            if isinstance(pattern, pikepdf.Stream):
                self.at_content(pattern, depth + 1)
            else:
                self._colour(pattern.get("/Shading", pikepdf.Dictionary()).get("/ColorSpace"))

    def _fresh(self, resources: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
        """The resources of a kind that were not looked at yet."""
        for item in dict(resources.get(kind, pikepdf.Dictionary()).items()).values():
            number = item.objgen
            if number == (0, 0) or number not in self.seen:
                self.seen.add(number)
                yield item

    def _font(self, font: pikepdf.Object, depth: int) -> None:
        if font.get("/Subtype") == Name.Type3:
            for glyph in dict(font.get("/CharProcs", pikepdf.Dictionary()).items()).values():
                self._operators(_unpacked(glyph))
            if "/Resources" in font:
                self._resources(font.Resources, depth + 1)
            return
        descendants = font.get("/DescendantFonts")
        holder = font if descendants is None else descendants[0]
        descriptor = holder.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(name in descriptor for name in FONT_FILES):
            self.found.append(FONTS)

    def _drawn(self, drawn: pikepdf.Object, depth: int) -> None:
        self.found += [told for name, told in FORBIDDEN.items() if name in drawn]
        if drawn.get("/Subtype") == Name.Form:
            self.at_content(drawn, depth + 1)
        elif drawn.get("/Subtype") == Name.Image:
            self._image(drawn)
        else:
            self.found.append(FORBIDDEN["/PS"])

    def _image(self, image: pikepdf.Object) -> None:
        filters = image.get("/Filter", pikepdf.Array())
        names = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
        if "/JPXDecode" in names:
            self.found.append(JPX)
        if "/LZWDecode" in names:
            self.found.append(LZW)
        if image.get("/Interpolate", False):
            self.found.append(STATE)
        self._colour(image.get("/ColorSpace"))
        if isinstance(image.get("/SMask"), pikepdf.Stream):
            self._image(image.SMask)

    def _state(self, state: pikepdf.Object, depth: int) -> None:
        modes = state.get("/BM", Name.Normal)
        named = [str(one) for one in (modes if isinstance(modes, pikepdf.Array) else [modes])]
        transfers = (
            str(state.get("/TR", "/Identity")) != "/Identity" or str(state.get("/TR2", "/Default")) != "/Default"
        )
        if not set(named) <= BLEND_MODES or transfers or "/HTP" in state:
            self.found.append(STATE)
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and "/G" in mask:
            self.at_content(mask.G, depth + 1)

    def _colour(self, colour: object) -> None:
        """Whether a colour space, or one it stands on, is of the printing press."""
        if isinstance(colour, pikepdf.Name) and colour == Name.DeviceCMYK:
            self.found.append(CMYK)
        elif isinstance(colour, pikepdf.Array) and len(colour) > 1:
            if str(colour[0]) in {"/Indexed", "/Pattern"}:
                self._colour(colour[1])
            elif str(colour[0]) in {"/Separation", "/DeviceN"} and len(colour) > 2:  # noqa: PLR2004 - name, inks, alternate
                self._colour(colour[2])


def _is_layer(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) in {"/OCG", "/OCMD"}


def _operators(item: pikepdf.Object) -> bytes:
    if isinstance(item, pikepdf.Stream):
        return _unpacked(item)
    contents = item.get("/Contents", pikepdf.Array())
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_unpacked(one) for one in streams)


def _unpacked(stream: pikepdf.Object) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""

"""What an uploaded DOCX or XLSX may hold: text, tables and pictures, nothing that runs, hides or fetches (ECMA-376)."""

import re
from collections.abc import Iterator

from saas.files.kinds import DOCX, XLSX
from saas.files.package_xml import Element, Reading, skim, tree
from saas.files.unwanted import PRINT_FIRST, UnwantedError
from saas.files.zip_checks import BROKEN, MEGABYTE, Package, open_package

CONTENT_TYPES = "[Content_Types].xml"
FIRST_RELATIONS = "_rels/.rels"
MOST_SMALL = 4 * MEGABYTE
MOST_MAIN = 24 * MEGABYTE
MOST_RELATIONS = 16 * MEGABYTE  # of all parts together

MAIN = {
    DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "document", "Word 文档"),
    XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "workbook", "Excel 表格"),
}
MACRO_MARKS = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "activex", "ms-word.attachedtoolbars")
NESTED_MARKS = ("oleobject", "officedocument.package", "msword", "ms-excel.sheet")
MACRO_RELATIONS = (
    "vbaproject",
    "worduivbaproject",
    "macrosheet",
    "xlintlmacrosheet",
    "control",
    "activexcontrolbinary",
)
ASKS_PROGRAMS = re.compile(r"DDEAUTO|\bDDE\s")  # fields that have another program started and asked
NESTED_RELATIONS = ("oleobject", "package", "afchunk", "subdocument")

MACROS = f"这个文件里有宏或控件，不能收。请另存为不含宏的文件，或者{PRINT_FIRST[1:]}"
NESTED = f"这个文件里嵌入了别的文件或对象，不能收。请把嵌入的内容分开上传，或者{PRINT_FIRST[1:]}"
TEMPLATE = f"这个文件使用外部模板，打开时会去别处读取，不能收。请断开模板后另存，或者{PRINT_FIRST[1:]}"
LINKED = f"这个文件链接了外部的图片或数据，打开时会去别处读取，不能收。请断开链接后另存，或者{PRINT_FIRST[1:]}"
OTHER = "文件内容不是 {title}，请用 Office 或 WPS 打开，另存为正确的格式后再上传。"


def check_office(data: bytes, media_type: str) -> None:
    """Refuse what must not be kept.

    Args:
        data: The whole file.
        media_type: What its name says it is.

    Raises:
        UnwantedError: It is another kind of file, broken, too large, or holds macros, objects or links that fetch.
    """
    package = open_package(data)
    main_type, root, title = MAIN[media_type]
    if CONTENT_TYPES not in package.names:
        raise UnwantedError(OTHER.format(title=title))
    types = _types(package)
    for each in types.values():
        _refuse_type(each)
    for name in package.names:
        _refuse_name(name)
    _refuse_relations(package)
    part = _main_part(package)
    if types.get(f"/{part}") != main_type:
        raise UnwantedError(OTHER.format(title=title))
    read = skim(package.read(part, MOST_MAIN), Reading("instrText", "instr"))
    if read.root.rsplit(":", 1)[-1] != root:
        raise UnwantedError(OTHER.format(title=title))
    if ASKS_PROGRAMS.search("".join(read.asked).upper()):
        raise UnwantedError(LINKED)


def _types(package: Package) -> dict[str, str]:
    """The kind of content by part, or by ending for those not named."""
    found: dict[str, str] = {}
    for element in tree(package.read(CONTENT_TYPES, MOST_SMALL)):
        found[element.get("PartName", element.get("Extension", ""))] = element.get("ContentType", "")
    return found


def _refuse_type(content_type: str) -> None:
    told = content_type.lower()
    if any(mark in told for mark in MACRO_MARKS):
        raise UnwantedError(MACROS)
    if any(mark in told for mark in NESTED_MARKS):
        raise UnwantedError(NESTED)
    if "externallink+xml" in told:
        raise UnwantedError(LINKED)


def _refuse_name(name: str) -> None:
    lower = name.lower()
    if "vbaproject" in lower or "/activex/" in lower or "/macrosheets/" in lower:
        raise UnwantedError(MACROS)
    if "/embeddings/" in lower or lower.rsplit(".", 1)[-1] in {"exe", "dll", "bat", "cmd", "js", "vbs", "ps1", "lnk"}:
        raise UnwantedError(NESTED)


def _refuse_relations(package: Package) -> None:
    total = 0
    for name in sorted(package.names):
        if name.lower().endswith(".rels"):
            data = package.read(name, MOST_SMALL)
            total += len(data)
            if total > MOST_RELATIONS:
                raise UnwantedError(BROKEN)
            for relation in _relations(data):
                _refuse_relation(relation)


def _relations(data: bytes) -> Iterator[Element]:
    return tree(data).iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship")


def _refuse_relation(relation: Element) -> None:
    kind = relation.get("Type", "").rsplit("/", 1)[-1].lower()
    outside = relation.get("TargetMode", "").lower() == "external"
    if kind in MACRO_RELATIONS:
        raise UnwantedError(MACROS)
    if kind == "attachedtemplate":
        raise UnwantedError(TEMPLATE)
    if outside and kind != "hyperlink":
        raise UnwantedError(LINKED)
    if kind in NESTED_RELATIONS:
        raise UnwantedError(NESTED)


def _main_part(package: Package) -> str:
    """The name of the part everything begins with."""
    for relation in _relations(package.read(FIRST_RELATIONS, MOST_SMALL)):
        if relation.get("Type", "").endswith("/relationships/officeDocument"):
            return relation.get("Target", "").removeprefix("/")
    raise UnwantedError(BROKEN)

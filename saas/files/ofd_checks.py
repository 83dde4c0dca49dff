"""Whether an uploaded OFD is one (GB/T 33190-2016); nothing but its first part is read, and it is kept as it is."""

from saas.files.package_xml import tree
from saas.files.unwanted import UnwantedError
from saas.files.zip_checks import MEGABYTE, open_package

FIRST = "OFD.xml"
ROOT = "{http://www.ofdspec.org/2016}OFD"
NO_OFD = "文件内容不是 OFD 版式文件，请用 OFD 阅读器打开，另存后再上传，或者导出为 PDF 后上传。"


def check_ofd(data: bytes) -> None:
    """Refuse what is no OFD.

    Raises:
        UnwantedError: It is another kind of package, broken, locked or too large.
    """
    package = open_package(data)
    if FIRST not in package.names or tree(package.read(FIRST, MEGABYTE)).tag != ROOT:
        raise UnwantedError(NO_OFD)

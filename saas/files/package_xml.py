"""Reading XML out of packages: no document types, no entities, nothing fetched, and not more than was allowed."""

from xml.etree.ElementTree import Element as Element  # noqa: PLC0414 - the tree that is given out
from xml.etree.ElementTree import ParseError
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.sax import parseString

from saas.files.unwanted import UnwantedError
from saas.files.zip_checks import BROKEN

DEEPEST = 256
TRICKY = "这个文件的结构里有不正常的定义，不能收。请用原来的软件打开，另存一份后再上传。"


def tree(data: bytes) -> Element:
    """A small part as a tree.

    Raises:
        UnwantedError: It is no XML, or defines entities.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnwantedError(TRICKY) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnwantedError(BROKEN) from error
    return root


class Reading(ContentHandler):
    """What is noted of a large part while it goes by: its root, and what its fields ask for."""

    def __init__(self, element: str, attribute: str) -> None:
        """Begin with nothing read.

        Args:
            element: Local name of the elements whose text is wanted.
            attribute: Local name of the attributes that say the same.
        """
        super().__init__()
        self.root = ""
        self.asked: list[str] = []
        self._element, self._attribute, self._depth, self._inside = element, attribute, 0, False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the interface's name.
        """Note the first element, and where a field begins."""
        self.root = self.root or name
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnwantedError(TRICKY)
        self._inside = _local(name) == self._element
        self.asked += [value for key, value in attrs.items() if _local(key) == self._attribute]

    def endElement(self, name: str) -> None:  # noqa: N802 - as above.
        """Leave an element."""
        del name
        self._depth -= 1
        self._inside = False

    def characters(self, content: str) -> None:
        """Keep the text of fields."""
        if self._inside:
            self.asked.append(content)


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def skim(data: bytes, reading: Reading) -> Reading:
    """Read a large part without building it.

    Raises:
        UnwantedError: It is no XML, is nested too deeply, or defines entities.
    """
    try:
        parseString(data, reading, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnwantedError(TRICKY) from error
    except (SAXParseException, ValueError, LookupError) as error:
        if isinstance(error, UnwantedError):
            raise
        raise UnwantedError(BROKEN) from error
    return reading

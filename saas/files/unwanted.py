"""The refusal of a file."""

PRINT_FIRST = "请用“打印为 PDF”另存一份后再上传。"


class UnwantedError(ValueError):
    """The file cannot be taken; the text tells the person why and what to do."""

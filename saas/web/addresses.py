"""Where to go back to: only ever a page of this same host."""

from urllib.parse import urlsplit


def own_page(address: str | None, default: str) -> str:
    """The address if it is a path of this host, else the default: no form can send people elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return default
    if "\\" in address or not address.isprintable() or urlsplit(address).netloc:
        return default
    return address

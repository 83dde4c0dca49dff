"""Names of cookies: over TLS a prefix by which the browser itself holds them to this host, its root and to TLS."""

from flask import request


def named(name: str) -> str:
    """The name under which a cookie is sent and taken back on this connection."""
    return f"__Host-{name}" if request.is_secure else name

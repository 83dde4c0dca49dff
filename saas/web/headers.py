"""What every answer tells the browser it must not do."""

from flask import Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'"
)
EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR = "max-age=31536000"
FIRST_REFUSAL = 400


def harden(response: Response) -> Response:
    """After the view: the same headers on every answer; nothing but static files may be stored."""
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    if request.endpoint != "static" or response.status_code >= FIRST_REFUSAL:
        response.headers["Cache-Control"] = "no-store"
    return response

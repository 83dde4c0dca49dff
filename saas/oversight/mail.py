"""Handing a letter to the post: plain text, by the deployment's own mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from saas.config import current_config
from saas.errors import UnavailableError

SECONDS = 10
PORTS = {"smtp": 25, "smtps": 465}


class MailError(UnavailableError):
    """The mail server does not take the letter."""

    title = "邮件没有发出"


def is_set_up() -> bool:
    """Whether this deployment has a mail server."""
    return bool(current_config().audit.smtp_url)


def send(recipients: list[str], subject: str, text: str) -> None:
    """Send one letter to several people.

    Raises:
        MailError: The server cannot be reached or refuses.
    """
    config = current_config().audit
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = config.mail_from, ", ".join(recipients), subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain="fengqiao")
    letter.set_content(text)
    try:
        with _connect(config.smtp_url) as server:
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError("邮件服务器没有接收，稍后会自动重试。") from error


def _connect(address: str) -> smtplib.SMTP:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server

"""Time stamps of a server that vouches for the moment of a signature (RFC 3161)."""

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.sign.timestamps.api import TimeStamper

from saas import outbound
from saas.config import current_config

ASKED, ANSWERED = "application/timestamp-query", "application/timestamp-reply"


class ServerStamper(TimeStamper):
    """Asks the server by the only way out, so that it must be a listed host."""

    def __init__(self, url: str) -> None:
        """Remember where to ask."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        """What the server answers.

        Raises:
            OutboundError: It could not be asked.
        """
        headers = {"Content-Type": ASKED, "Accept": ANSWERED}
        answer = outbound.fetch(self._url, method="POST", body=req.dump(), headers=headers)
        return TimeStampResp.load(answer.body)


def stamper() -> TimeStamper | None:
    """What this deployment asks for time stamps; None where it asks nobody."""
    url = current_config().timestamp_url
    return ServerStamper(url) if url else None

"""Counting requests and their time by city, in this process; no person, no address and no path is kept."""

import time

from flask import Flask, Response, g
from prometheus_client import CollectorRegistry, Counter, Histogram

EXTENSION = "fengqiao.metrics"
PLATFORM = "-"
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
HUNDRED = 100


class Requests:
    """What is counted at every request."""

    def __init__(self) -> None:
        """Begin at nothing, in a register of its own."""
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "fengqiao_requests", "Requests answered, by class of status.", ["tenant", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "fengqiao_request_seconds", "Seconds to an answer.", ["tenant"], buckets=BUCKETS, registry=self.registry
        )

    def begin(self) -> None:
        """Before everything else."""
        g.asked_at = time.perf_counter()

    def end(self, response: Response) -> Response:
        """After everything else."""
        tenant = g.get("tenant")
        code = tenant.code if tenant else PLATFORM
        self._answers.labels(code, f"{response.status_code // HUNDRED}xx").inc()
        if "asked_at" in g:
            self._seconds.labels(code).observe(time.perf_counter() - g.asked_at)
        return response


def init_app(app: Flask) -> None:
    """Count from now on; must be installed before what may answer a request."""
    counted = Requests()
    app.extensions[EXTENSION] = counted
    app.before_request(counted.begin)
    # Flask runs what was installed first last.
    app.after_request(counted.end)

"""Ports of this machine, for servers that tests start."""

import socket
import time

PATIENCE = 20.0  # seconds


def find_free() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, patience: float = PATIENCE) -> None:
    """Until somebody listens at the port; a TimeoutError after so many seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)

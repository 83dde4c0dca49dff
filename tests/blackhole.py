"""A way to PostgreSQL that can fall silent: it goes on accepting and hands nothing on."""

import contextlib
import socket
import threading
from pathlib import Path

PIECE = 65536


class BlackHole:
    """A socket in a folder of its own before the server's; ``silent`` holds back whatever comes, in both directions."""

    def __init__(self, folder: Path, server: Path) -> None:
        """Listen in a folder for a server whose socket is given."""
        self.silent = threading.Event()
        self._server = server
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(str(folder / server.name))
        self._door.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Accept no more and cut what is open."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for one in [end for pair in self._pairs for end in pair]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                far.connect(str(self._server))
                self._pairs.append((near, far))
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if not self.silent.is_set():
                    target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

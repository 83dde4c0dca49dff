"""A step that was done with the same inputs is not done again."""

import contextlib
import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from saas.bootstrap.project import VAR, say


def digest(parts: Iterable[Path | str]) -> str:
    """One digest of texts, files and whole folders; a path that does not exist counts as such."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            for path in sorted(_files(part)):
                total.update(f"{path}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
        else:
            total.update(f"{part}\0".encode())
    return total.hexdigest()


def is_current(name: str, inputs: Iterable[Path | str], outputs: Iterable[Path], folder: Path = VAR / "stamps") -> bool:
    """Whether the step was done with these inputs and what it made is still there."""
    stamp = folder / name
    done = stamp.exists() and stamp.read_text() == digest(inputs)
    return done and all(path.exists() for path in outputs)


def ensure(
    name: str,
    line: str,
    act: Callable[[], None],
    *,
    inputs: Iterable[Path | str],
    outputs: Iterable[Path] = (),
    folder: Path = VAR / "stamps",
) -> bool:
    """Do a step unless it is current; answer whether it was done.

    Args:
        name: The name of the stamp.
        line: What the person at the terminal reads when the step is done.
        act: What the step does; may be interrupted and done again.
        inputs: What its result depends on.
        outputs: What must exist afterwards.
        folder: Where stamps lie.
    """
    inputs = tuple(inputs)
    if is_current(name, inputs, outputs, folder):
        return False
    say(line)
    stamp = folder / name
    stamp.unlink(missing_ok=True)
    act()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = stamp.with_name(f"{name}.new")
    temporary.write_text(digest(inputs))
    temporary.replace(stamp)
    return True


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process at a time set this copy of the project up."""
    lock = VAR / "lock" / "setup"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (inner for inner in path.rglob("*") if inner.is_file() and "__pycache__" not in inner.parts)

"""The system account a server runs under when we are root, and what it may reach."""

import contextlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

OWN_NAME = "fengqiao"
NAMES = ("postgres", OWN_NAME)


class AccountError(RuntimeError):
    """There is no account to run under and none could be made; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """A system account by its numbers.

    Attributes:
        uid: The user's number.
        gid: The number of its group.
    """

    uid: int
    gid: int

    def run(self, command: Sequence[str], *, stdin: str = "", output: TextIO | int = subprocess.DEVNULL) -> int:
        """Run a program as this account, away from our terminal and folder, and answer its exit code.

        Args:
            command: The program's path and its arguments.
            stdin: What it reads.
            output: Where everything it prints goes.
        """
        other = os.geteuid() != self.uid
        return subprocess.run(
            command,
            input=stdin,
            text=True,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            start_new_session=True,
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
        ).returncode

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can pass every folder on the way to this one."""
        return self.run(["test", "-x", str(folder)]) == 0

    def own(self, path: Path) -> None:
        """Make the account the owner of a file or folder."""
        os.chown(path, self.uid, self.gid)


def account(data: Sequence[Path] = ()) -> Account:
    """Ourselves, or for root the owner of the data there is, or else an account that can do nothing more.

    Args:
        data: Folders that may hold the server's data already.

    Raises:
        AccountError: We are root and there is no such account.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in data:
        if folder.exists() and folder.stat().st_uid != 0:
            return Account(folder.stat().st_uid, folder.stat().st_gid)
    return _named() or _made()


def _named() -> Account | None:
    for name in NAMES:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    return None


def _made() -> Account:
    program = shutil.which("useradd", path=os.defpath + ":/usr/sbin:/sbin")
    if program:
        command = [program, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_NAME]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    made = _named()
    if made is None:
        raise AccountError(
            f"PostgreSQL must not run as root: make an account for it with 'useradd --system {OWN_NAME}'."
        )
    return made

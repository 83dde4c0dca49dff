"""What holds on the server we ship holds on the machine's own PostgreSQL too, the lowest version there is of it."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from shutil import rmtree

import pytest

from saas.embedded import ROOT, Server

PLACES = Path("/usr/lib/postgresql")
TENANCY = (
    "tests/tenants/isolation",
    "tests/tenants/lifecycle",
    "tests/tenants/test_isolation.py",
    "tests/tenants/test_migrator.py",
    "tests/tenants/test_pgbouncer.py",
    "tests/tenants/test_pools.py",
    "tests/tenants/test_provisioning.py",
    "tests/tenants/test_resolution.py",
    "tests/saas/jobs",
)


class MachinesServer(Server):
    """A server of the machine's own programs, in a folder of the test."""

    @cached_property
    def binaries(self) -> Path:
        """The lowest version that is installed."""
        found = sorted(PLACES.glob("*/bin"), key=lambda path: float(path.parent.name))
        assert found, "PostgreSQL is missing: apt-get install postgresql"
        return found[0]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The administrator's address of the machine's PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="fqd"))
    folder.chmod(0o755)
    server = MachinesServer(folder)
    server.ensure_running()
    yield server.url
    server.stop()
    rmtree(folder)


@pytest.mark.slow
def test_tenancy_holds_on_the_machines_own_postgresql(address: str) -> None:
    environment = os.environ | {"DATABASE_URL": address}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *TENANCY]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[-1]) > 250

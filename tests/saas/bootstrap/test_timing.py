"""The time of tests is told by the folder they lie in."""

import pytest

from saas.bootstrap.timing import folder_of


@pytest.mark.parametrize(
    ("nodeid", "folder"),
    [
        ("tests/saas/bootstrap/test_a.py::test_b[x/y]", "saas"),
        ("tests/mediation/test_a.py::test_b", "mediation"),
        ("tests/test_a.py::test_b", "test_a.py"),
        ("elsewhere/test_a.py::test_b", "elsewhere"),
    ],
)
def test_a_test_belongs_to_its_top_folder(nodeid: str, folder: str) -> None:
    assert folder_of(nodeid) == folder

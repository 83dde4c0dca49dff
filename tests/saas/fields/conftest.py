"""The sample form, read once."""

from pathlib import Path

import pytest

from saas.fields.definition import FormDefinition
from tests.saas.fields import samples


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    """The sample form with a field of each type."""
    folder: Path = tmp_path_factory.mktemp("forms")
    return samples.form(folder)

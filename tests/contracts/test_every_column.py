"""Every column of a city's tables stands in the inventory of personal data, once, and nothing else does."""

from saas import inventory
from saas.crypto.fields import list_sealed
from saas.db.base import Model
from tenants.histories import load_models


def test_every_column_is_in_the_inventory_once() -> None:
    load_models()
    columns = [(table.name, column.name) for table in Model.metadata.tables.values() for column in table.columns]
    listed = [(line.table, line.column) for line in inventory.list_lines()]

    assert sorted(set(columns) - set(listed)) == [], "say in saas/inventory.yaml what these columns hold"
    assert sorted(set(listed) - set(columns)) == []
    assert len(listed) == len(set(listed))


def test_every_line_says_everything() -> None:
    assert {line.profile.kind for line in inventory.list_lines()} == set(inventory.CLASSES)
    assert all(all(vars(line.profile).values()) for line in inventory.list_lines())


def test_what_is_sealed_is_called_sensitive() -> None:
    load_models()
    sealed = {(table, one.sealed) for table, found in list_sealed().items() for one in found}

    assert {line.profile.kind for line in inventory.list_lines() if (line.table, line.column) in sealed} == {
        "sensitive"
    }

"""Ids made by the thousand are what single ones are."""

from uuid import UUID

from saas.db.ids import new_ids


def test_many_ids_are_different_uuids_of_version_7() -> None:
    made = [UUID(digits) for digits in new_ids(500)]

    assert len(set(made)) == 500
    assert {id_.version for id_ in made} == {7}
    assert {id_.variant for id_ in made} == {"specified in RFC 4122"}

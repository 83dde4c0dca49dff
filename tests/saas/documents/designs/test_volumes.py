"""The order of a file is the city's; nothing of the line of work is lost by it, not even what comes later."""

from dataclasses import replace

from saas.documents.designs.volumes import arranged, moved, plain
from saas.domain import VolumeItem

ITEMS = (
    VolumeItem("申请", forms=("x.apply",), required=True),
    VolumeItem("证据", forms=("x.list",), categories=("photo",)),
    VolumeItem("结案", forms=("x.close",)),
)


def test_places_stand_in_the_citys_order_under_its_names() -> None:
    order = [{**one, "title": f"本市{one['title']}"} for one in reversed(plain(ITEMS))]

    made = arranged(ITEMS, order)

    assert [(one.title, one.forms) for one in made] == [
        ("本市结案", ("x.close",)),
        ("本市证据", ("x.list",)),
        ("本市申请", ("x.apply",)),
    ]
    assert made[2].required


def test_what_a_newer_release_brings_stands_behind() -> None:
    order = [*plain(ITEMS[:1]), {**plain(ITEMS)[1], "categories": []}]

    made = arranged(ITEMS, order)

    assert [(one.title, one.forms, one.categories) for one in made[2:]] == [
        ("证据", (), ("photo",)),
        ("结案", ("x.close",), ()),
    ]


def test_a_place_stays_in_the_files_of_its_processes_wherever_the_city_puts_it() -> None:
    items = (replace(ITEMS[0], processes=("x.one",)), *ITEMS[1:])

    made = arranged(items, [*reversed(plain(items))])

    assert [(one.title, one.processes) for one in made] == [("结案", ()), ("证据", ()), ("申请", ("x.one",))]


def test_a_city_without_an_order_has_the_lines() -> None:
    assert arranged(ITEMS, ()) == list(ITEMS)


def test_a_place_is_moved_by_one_and_not_beyond_the_ends() -> None:
    places = plain(ITEMS)

    assert [one["title"] for one in moved(places, 0, 1)] == ["证据", "申请", "结案"]
    assert moved(places, 0, -1) == moved(places, 2, 1) == moved(places, 7, 1) == places

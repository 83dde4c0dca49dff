import threading

from flask import Flask

from saas.jobs import beside


def test_what_was_added_is_done_until_nothing_is_left() -> None:
    app, left = Flask("beside"), [1, 2, 3]
    beside.add(app, lambda _app: bool(left and left.pop()))

    beside.drain(app)

    assert left == []


def test_pieces_are_done_in_a_thread_and_a_fault_of_one_ends_nothing() -> None:
    app, done = Flask("beside"), threading.Event()
    threads: list[str] = []

    def work(_app: Flask) -> bool:
        threads.append(threading.current_thread().name)
        done.set()
        raise ValueError("once")

    beside.add(app, work)
    with beside.working(app):
        assert done.wait(5)

    assert set(threads) == {"beside"}

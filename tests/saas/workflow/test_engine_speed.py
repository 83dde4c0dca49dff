"""A step costs well under a millisecond, however large the process and however long the case."""

from tests.benchmarks import engine


def test_a_step_with_ten_guards_of_five_hundred_steps_is_quick() -> None:
    row = engine.measure(turns=5)

    assert row.equal
    assert row.value <= 3000  # µs; a millisecond where nothing else runs, as the benchmark says

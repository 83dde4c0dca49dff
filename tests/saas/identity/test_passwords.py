import statistics
import time

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from saas.errors import InvalidInputError
from saas.identity import passwords

RIGHT = "brook willow lantern"
STORED = passwords.digest(RIGHT)


def test_a_password_is_kept_as_argon2id() -> None:
    assert STORED.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


@pytest.mark.parametrize(
    ("stored", "typed", "expected"),
    [
        (STORED, RIGHT, True),
        (STORED, RIGHT + " ", False),
        (STORED, "", False),
        (None, RIGHT, False),
        (None, "nobody", False),
        ("not a digest", RIGHT, False),
    ],
    # A digest has salt in it, and every process must give a test the same name.
    ids=["right", "with a blank", "empty", "of nobody", "the word nobody", "not a digest"],
)
def test_only_the_right_password_of_somebody_is_right(stored: str | None, typed: str, *, expected: bool) -> None:
    assert passwords.is_right(stored, typed) is expected


@settings(max_examples=5, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=12, max_size=128))
def test_any_characters_make_a_password_and_none_is_cut_off(text: str) -> None:
    stored = passwords.digest(text)

    assert passwords.is_right(stored, text)
    assert not passwords.is_right(stored, text[:-1])


def test_nobody_takes_as_long_as_a_wrong_password() -> None:
    def median_seconds(stored: str | None) -> float:
        taken = []
        for _ in range(7):
            began = time.thread_time()
            passwords.is_right(stored, "wrong")
            taken.append(time.thread_time() - began)
        return statistics.median(taken)

    assert median_seconds(None) > median_seconds(STORED) / 2


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 129,
        "zhangsan2026",
        "password1234",
        "aaaaaaaaaaaaaa",
        "123456789012",
        "sifaju202611",
        "司法局密码2026司法局密码",
    ],
)
def test_a_guessable_password_is_refused_with_one_sentence(password: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        passwords.check_new(password, username="zhangsan")

    assert list(refused.value.fields) == ["password"]


@pytest.mark.parametrize("password", [RIGHT, "fengqiao-demo", "青山绿水长江黄河日月星辰", "Tr0ub4dor&3xyz"])
def test_a_password_with_enough_of_its_own_is_taken(password: str) -> None:
    passwords.check_new(password, username="zhangsan")


def test_a_digest_of_other_parameters_is_outdated() -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(RIGHT))
    assert not passwords.is_outdated(STORED)

"""Passwords are kept as argon2id hashes, and never told apart by time or by answer."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher

from api.staff import passwords
from tests.api.staff.helpers import PASSWORD, kept_password


def test_what_is_kept_is_argon2id_with_parameters_that_hold() -> None:
    kept = kept_password()
    assert kept.startswith("$argon2id$v=19$m=19456,t=3,p=1$")
    assert PASSWORD not in kept
    assert passwords.hash_of(PASSWORD) != kept
    assert not passwords.is_outdated(kept)


def test_the_right_password_is_right_and_no_other() -> None:
    assert passwords.is_right(PASSWORD, kept_password())
    for wrong in (PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), "", "\ud800" * 20):
        assert not passwords.is_right(wrong, kept_password())


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$broken"])
def test_without_a_hash_nothing_is_right(kept: str | None) -> None:
    assert not passwords.is_right("nobody has this password", kept)


def test_who_is_not_there_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Counting:
        def verify(self, kept: str, password: bytes) -> bool:
            asked.append(kept.rpartition("$")[0].rpartition("$")[0])
            return False

    dummy = passwords._dummy()
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    monkeypatch.setattr(passwords, "_dummy", lambda: dummy)
    for kept in (kept_password(), None):
        passwords.is_right(PASSWORD, kept)
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_one_letter_written_in_two_ways_is_one_letter() -> None:
    composed = "blåbärsöl på älven"
    kept = passwords.hash_of(unicodedata.normalize("NFD", composed))
    assert passwords.is_right(composed, kept)


def test_a_long_password_counts_to_its_end_and_one_too_long_is_none() -> None:
    longest = "ab cd efgh" * 25 + "ijklmn"
    assert len(longest) == passwords.LONGEST
    kept = passwords.hash_of(longest)
    assert passwords.is_right(longest, kept)
    assert not passwords.is_right(longest[:-1] + "x", kept)
    assert not passwords.is_right(longest + "x", passwords.hash_of(longest + "x"))


def test_old_parameters_are_seen() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert passwords.is_right(PASSWORD, old)
    assert passwords.is_outdated(old)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        (PASSWORD, None),
        ("elva tecken", "too short"),
        ("x" * 257, "too long"),
        ("annaek", "too short"),
        ("ANNAEKannaek", "more than the login"),
        ("ANNAEK och lite", "more than the login"),
        ("där annaek inte är", None),
        ("ababababababab", "repeats itself"),
        ("", "too short"),
    ],
)
def test_what_may_not_be_a_password(password: str, problem: str | None) -> None:
    told = passwords.problem_with(password, "annaek")
    assert (told is None) if problem is None else (told is not None and problem in told)

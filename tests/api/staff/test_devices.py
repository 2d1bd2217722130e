"""A browser is known by a cookie that only the keeper of the password's hash can make."""

from __future__ import annotations

from api.staff.devices import device_name, name_of_login, new_device


def test_a_browser_is_known_for_the_account_and_the_password_it_was_made_for() -> None:
    cookie = new_device("anna", "hash")
    name = device_name(cookie, "anna", "hash")
    assert name is not None
    assert cookie.startswith(f"{name}.")
    assert device_name(cookie, "bo", "hash") is None
    assert device_name(cookie, "anna", "another hash") is None


def test_a_cookie_that_was_changed_is_none() -> None:
    cookie = new_device("anna", "hash")
    name, proof = cookie.split(".")
    assert device_name(cookie, "anna", "hash") == name
    for other in ("", name, f"{name}.", f"{name[::-1]}.{proof}", f"{name}.{proof[::-1]}"):
        assert device_name(other, "anna", "hash") is None


def test_a_login_is_noted_too_short_to_be_found_out() -> None:
    assert len(name_of_login("anna")) == 8
    assert name_of_login("anna") != name_of_login("bo")
    assert name_of_login("\ud800")

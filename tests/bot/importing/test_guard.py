"""Which addresses may be read."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from bot.importing.errors import PageError
from bot.importing.guard import addresses_of, is_allowed, target_of

INSIDE = """
127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 0.0.0.0
224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1
fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1::
64:ff9b:1:7f00:0:100:808:808
2002:a00:1:: ::127.0.0.1 100::1 5f00::1 2001:db8::1
2001:0:4136:e378:8000:63bf:80ff:fffe nonsense
""".split()


@pytest.mark.parametrize("number", INSIDE)
def test_no_address_inside_a_network(number: str) -> None:
    assert not is_allowed(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2a00:1450:400f::1", "64:ff9b::808:808"])
def test_public_addresses(number: str) -> None:
    assert is_allowed(number)


def test_this_machine_only_where_a_setting_says_so() -> None:
    assert is_allowed("127.0.0.1", private=True)
    assert is_allowed("::ffff:127.0.0.1", private=True)
    assert not is_allowed("10.0.0.1", private=True)
    assert not is_allowed("169.254.169.254", private=True)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("www.kommunen.se/sida", "https://www.kommunen.se/sida"),
        ("  http://kommunen.se ", "http://kommunen.se/"),
        (
            "https://kommunen.se/a?b=å ö".replace(" ", "%20"),
            "https://kommunen.se/a?b=%C3%A5%20%C3%B6",
        ),
        ("https://åre.se/stöd#här", "https://xn--re-xia.se/st%C3%B6d"),
        ("https://kommunen.se:443/x", "https://kommunen.se/x"),
        ("http://[2a00:1450::1]/x", "http://[2a00:1450::1]/x"),
    ],
)
def test_what_is_asked_for(url: str, asked: str) -> None:
    assert target_of(url).url == asked


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "Skriv sidans adress"),
        ("två ord", "Skriv sidans adress"),
        ("https://kommunen.se/\r\nHost: x", "Skriv sidans adress"),
        ("https://a\\@b.se", "Skriv sidans adress"),
        ("file:///etc/passwd", "https://"),
        ("gopher://kommunen.se", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://anna:hemligt@kommunen.se", "lösenord"),
        ("https://kommunen.se:6379/", "port"),
        ("https://kommunen.se:999999/", "går inte att läsa"),
        ("https://", "namn"),
        ("https://" + "a" * 2100, "Skriv sidans adress"),
    ],
)
def test_what_is_no_address(url: str, told: str) -> None:
    with pytest.raises(PageError, match=told):
        target_of(url)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:10.0.0.1]"]
)
def test_no_name_of_this_machine(host: str) -> None:
    with pytest.raises(PageError, match="internt nät"):
        addresses_of(target_of(f"http://{host}/"), 5)


def test_one_inner_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*_: Any) -> list[Any]:
        return [(0, 0, 0, "", (number, 80)) for number in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises(PageError, match="internt nät"):
        addresses_of(target_of("http://kommunen.se/"), 5)

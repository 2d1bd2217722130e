"""Which addresses may be read: only public ones, never one inside the operator's network.

A name is looked up once, every number that it has is checked, and the connection is made to one
of exactly those numbers: a name that points elsewhere a second later gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from bot.importing.errors import PageError

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2000
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NOT_IN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")
# The prefix for local use, 64:ff9b:1::/48, hides its address in other bits too: refused as it is.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_PUBLIC_V6: Final = ipaddress.ip_network("2000::/3")
_NO_SUCH_SITE: Final = "Det finns ingen webbplats på den adressen. Kontrollera hur den är skriven."


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: where to connect, and what to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str, *, private: bool = False) -> Target:
    """An address as it may be asked for; raise PageError. ``private`` allows any port."""
    written = url.strip()
    if written and not _SCHEME.match(written):
        written = f"https://{written}"
    if not written or len(written) > _LONGEST or _NOT_IN_ADDRESS.search(written):
        raise PageError("Skriv sidans adress, som https://www.kommunen.se/sidan.")
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
        ascii_host = host.rstrip(".").encode("idna").decode() if not _is_number(host) else host
    except (ValueError, UnicodeError):
        raise PageError("Adressen går inte att läsa. Kontrollera hur den är skriven.") from None
    if parts.scheme not in _PORTS:
        raise PageError("Adressen ska börja med https:// eller http://.")
    if parts.username is not None or parts.password is not None:
        raise PageError("Adressen får inte innehålla användarnamn eller lösenord.")
    if not ascii_host:
        raise PageError("Adressen saknar webbplatsens namn.")
    if port not in (None, *_PORTS.values()) and not private:
        raise PageError("Adressen får inte ange någon annan port än webbens egna, 80 och 443.")
    wanted = port or _PORTS[parts.scheme]
    place = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    shown = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    at = shown if wanted == _PORTS[parts.scheme] else f"{shown}:{wanted}"
    return Target(
        url=urlunsplit((parts.scheme, at, place, query, "")),
        scheme=parts.scheme,
        host=ascii_host,
        port=wanted,
        path=f"{place}?{query}" if query else place,
    )


def addresses_of(target: Target, seconds: float, *, private: bool = False) -> list[str]:
    """The numbers to connect to; raise PageError when one of them is no public one."""
    found = _looked_up(target, seconds)
    numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not numbers:
        raise PageError(_NO_SUCH_SITE)
    if not all(is_allowed(number, private=private) for number in numbers):
        raise PageError(
            "Den adressen leder till ett internt nät och läses inte. "
            "Spara sidan som en fil eller klistra in texten i stället."
        )
    return numbers


def is_allowed(number: str, *, private: bool = False) -> bool:
    """Whether an IP address is a public one; ``private`` allows this machine's own as well."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address)
    if private and inner.is_loopback:
        return True
    if isinstance(inner, ipaddress.IPv6Address) and inner not in _PUBLIC_V6:
        return False
    return inner.is_global and not (
        inner.is_multicast or inner.is_reserved or inner.is_unspecified or inner.is_link_local
    )


def _inner(address: IpAddress) -> IpAddress:
    """The address that a wrapped one leads to: IPv4 is carried inside IPv6 in several ways."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if wrapped is None and address in _NAT64:
        wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return wrapped or address


def _looked_up(target: Target, seconds: float) -> list[Any]:
    """What the name server says; it has no time limit of its own, so it is asked in a thread."""
    pool = ThreadPoolExecutor(1)
    try:
        asked = pool.submit(socket.getaddrinfo, target.host, target.port, 0, socket.SOCK_STREAM)
        return list(asked.result(timeout=seconds))
    except TooSlow:
        raise PageError("Webbplatsens namn gick inte att slå upp i tid. Försök igen.") from None
    except (OSError, UnicodeError):
        raise PageError(_NO_SUCH_SITE) from None
    finally:
        pool.shutdown(wait=False)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True

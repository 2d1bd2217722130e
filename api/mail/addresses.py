"""E-mail addresses: which ones any mail server can reach, and the parts of a sender's."""

from __future__ import annotations

import re
from email.utils import getaddresses, parseaddr
from typing import Final

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
LONGEST: Final = 254
"""Characters of an address, by RFC 5321."""


def is_address(text: str) -> bool:
    """Whether it is one plain address, without a name and without anything else."""
    return len(text) <= LONGEST and bool(_ADDRESS.fullmatch(text))


def is_sender(text: str) -> bool:
    """Whether mail can come from it: one address, with a name before it or not."""
    found = getaddresses([text])
    return len(found) == 1 and is_address(found[0][1])


def sender_parts(sender: str) -> tuple[str, str]:
    """Name, perhaps empty, and address of ``Umeå kommun <no-reply@umea.se>``."""
    return parseaddr(sender)


def domain_of(sender: str) -> str:
    """The domain that mail comes from."""
    return sender_parts(sender)[1].rpartition("@")[2]

"""Umeå's page about ledsagning, as it is and as it might become."""

from __future__ import annotations

from bot.importing.page import ImportedPage
from bot.knowledge.loader import load_whole

COST = "umea.ledsagning.kostnad"
UMEA = load_whole().municipalities["umea"]
PAGE = UMEA.pages["ledsagning"]
UNIT = "contact:mottagningsenheten"

OWN_EXPENSES = "Du står för dina egna omkostnader i samband med aktiviteter, medan"
NEW_PRICE = "Du betalar 90 kronor i timmen, medan"
DEARER = PAGE.text.replace(OWN_EXPENSES, NEW_PRICE)
"""The page after the municipality has put a price on it."""

OTHER_NUMBER = PAGE.text.replace("090-16 10 02", "090-16 99 99")


def read(text: str, title: str = PAGE.title) -> ImportedPage:
    """A page as it was read."""
    return ImportedPage(title, text, None, None, None, "sv", ())

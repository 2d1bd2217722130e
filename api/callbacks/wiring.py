"""What the application holds of callbacks: made when it starts, None before."""

from __future__ import annotations

from functools import partial
from typing import Any

from api.callbacks.chat_form import ChatForm
from api.callbacks.mails import Mails
from api.callbacks.service import Callbacks
from api.handoff import offers
from api.storage.store import Store


def prepare(state: Any) -> None:
    """Before the start, routes find None and answer so."""
    state.callbacks = state.mails = state.chat_form = None


def start(state: Any, store: Store) -> None:
    """Make them, for a state that has its desk."""
    offered = partial(offers.offered, state.desk)
    settings, live, counters = state.settings, state.live, state.counters
    state.callbacks = Callbacks(store.desk, settings, offered, live, counters)
    state.mails = Mails(store, offered, counters)
    state.chat_form = ChatForm(state.callbacks, store.desk, state.limits)

"""The real assistant for tests that talk to it: loaded once, with conversations in a scratch file.

Nothing here waits or reads the clock: every message carries the moment at which it is said.
A missing model is a failure, not a reason to skip: `make test` trains first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as invented

from api.services.assistant import ModelError
from tools.talk import NOW, Talk, talk

__all__ = ["NOW", "Talk"]

PLAYED = ("browser", "web")
"""The folders whose tests drive a browser."""

# No test times anything: how long an example takes says how busy the machine is.
invented.register_profile("lotsen", deadline=None)
invented.load_profile("lotsen")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give a test that drives the browser a second try, which the summary of the run lists.

    What a browser does beside the test is not all ours. All other tests fail at once, and so does
    one of these that fails twice.
    """
    if not config.pluginmanager.hasplugin("rerunfailures"):
        return
    for item in items:
        if item.path.parent.name in PLAYED and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the conversations of this test run are kept."""
    return tmp_path_factory.mktemp("conversations") / "conversations.db"


@pytest.fixture(scope="session")
def converse(database: Path) -> Iterator[Talk]:
    """The trained assistant; loading it takes some seconds, so it is loaded once."""
    try:
        with talk(database) as say:
            yield say
    except ModelError as error:
        pytest.fail(str(error), pytrace=False)

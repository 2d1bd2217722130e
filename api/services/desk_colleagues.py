"""Find the colleague whom a chat is handed to: one who may have it, or nobody."""

from __future__ import annotations

from api.faults import fault
from api.services.threads import in_thread
from api.staff.records import Staff
from api.storage import staff as staff_table
from api.storage.desk_store import DeskStore


class Colleagues:
    """The accounts that may talk for a municipality."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    async def find(self, staff_id: str, asking: Staff, municipality: str) -> Staff:
        """The colleague; raise ApiError alike for who is elsewhere and who does not exist."""
        found = await in_thread(self._find, staff_id)
        if found is None or found.id == asking.id or not found.has("agent", municipality):
            raise fault("unknown_colleague", "staff")
        return found

    def _find(self, staff_id: str) -> Staff | None:
        with self._store.connect() as connection:
            return staff_table.find(connection, staff_id)

"""What a municipality's admin sees: who saw and did what, and mail that could not be sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routers.desk_deps import READ_ONE, SIGNED_IN, ListsDep, MunicipalityQuery, chosen
from api.routers.v1_messages import MOST
from api.schemas_desk import AuditView, FailedMail
from api.staff.deps import AdminDep

router = APIRouter(prefix="/api/v1/desk", tags=["desk"], dependencies=SIGNED_IN)

Before = Annotated[
    int | None, Query(ge=1, le=MOST, description="only entries older than the one with this id")
]


@router.get("/audit", responses=READ_ONE)
async def read_audit(
    staff: AdminDep,
    lists: ListsDep,
    municipality: MunicipalityQuery = None,
    before: Before = None,
) -> AuditView:
    """Who saw and did what, newest first, in the municipalities of which one is the admin."""
    return await lists.audit(chosen(staff, municipality, "admin"), before)


@router.get("/mail", responses=READ_ONE)
async def read_failed_mail(
    staff: AdminDep, lists: ListsDep, municipality: MunicipalityQuery = None
) -> list[FailedMail]:
    """Mail that was given up, without what it says and to whom."""
    return await lists.failed_mail(chosen(staff, municipality, "admin"))

"""Somebody who looks after the answers of Umeå."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from tests.api.staff_pages import at_work


@pytest.fixture
async def eva(app: FastAPI, http: httpx.AsyncClient) -> httpx.AsyncClient:
    return await at_work(app, http, umea="editor")

"""The widget's files: served with a tag and a time to keep, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api.routers import files


@pytest.fixture(autouse=True)
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "web"
    (folder / "core").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "widget.js").write_text("import './core/a.js'", encoding="utf-8")
    (folder / "core" / "a.js").write_text("export {}", encoding="utf-8")
    (folder / "templates" / "page.html").write_text("{{ secret }}", encoding="utf-8")
    (tmp_path / "outside.js").write_text("outside", encoding="utf-8")
    monkeypatch.setattr(files, "WEB", folder)


@pytest.mark.parametrize("path", ["/widget.js", "/assets/widget.js", "/assets/core/a.js"])
async def test_a_script_is_served_and_kept_for_a_while(http: httpx.AsyncClient, path: str) -> None:
    first = await http.get(path)
    assert first.status_code == 200
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cache-control"] == "public, max-age=300"
    headers = {"If-None-Match": first.headers["etag"]}
    assert (await http.get(path, headers=headers)).status_code == 304


async def test_a_version_may_be_kept_for_good(http: httpx.AsyncClient) -> None:
    response = await http.get("/assets/core/a.js?v=1f2e")
    assert "immutable" in response.headers["cache-control"]


NOT_SERVED = (
    "/assets/templates/page.html",
    "/assets/none.js",
    "/assets/",
    "/assets/core",
    "/assets/%2e%2e/outside.js",
)


@pytest.mark.parametrize("path", NOT_SERVED)
async def test_nothing_else_is_served(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/widget.js", "/assets/core/long.js"])
async def test_a_script_is_compressed_on_its_way(http: httpx.AsyncClient, path: str) -> None:
    for name in ("widget.js", "core/long.js"):
        (files.WEB / name).write_text("export const long = 1\n" * 200, encoding="utf-8")
    response = await http.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]
    assert response.text.startswith("export const long")
    plain = await http.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


async def test_a_name_with_a_null_character_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/assets/%00.js")).status_code == 404


async def test_a_file_comes_whole_whatever_parts_are_asked_for(http: httpx.AsyncClient) -> None:
    whole = await http.get("/widget.js")
    parts = await http.get("/widget.js", headers={"Range": "bytes=0-0,2-2"})
    assert (parts.status_code, parts.text) == (200, whole.text)

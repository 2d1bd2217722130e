"""``/docs``: the operations as a page of our own. FastAPI's loads scripts from elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

router = APIRouter(include_in_schema=False)

PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ info.title }}: API</title>
</head>
<body>
<main>
<h1>{{ info.title }}: API</h1>
<p>{{ info.description }}</p>
<p>Version {{ info.version }}. The whole description: <a href="/openapi.json">openapi.json</a>.</p>
{% for tag, operations in groups.items() %}
<h2>{{ tag }}</h2>
<dl>
{% for operation in operations %}
<dt><code>{{ operation.method }} {{ operation.path }}</code></dt>
<dd><p>{{ operation.description }}</p>
<p>Answers: {{ operation.statuses }}.</p></dd>
{% endfor %}
</dl>
{% endfor %}
</main>
</body>
</html>
"""
)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """What can be asked of this server, and what it answers."""
    description = request.app.openapi()
    return HTMLResponse(PAGE.render(info=description["info"], groups=_groups(description)))


def _groups(description: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "description": operation.get("description", ""),
                    "statuses": ", ".join(operation["responses"]),
                }
            )
    return groups

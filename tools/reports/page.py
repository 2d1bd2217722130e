"""The report as one HTML file that holds all it needs: it can be kept by CI or sent to somebody."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

from api.services.pages_render import TEMPLATES, render
from api.services.pages_theme import theme_css
from bot.knowledge.loader import load_knowledge
from bot.testing.results import Report

REPORT = "report.html"
STYLES = ("chat.css", "pages.css", "staff.css", "staff/runs.css")


def write_page(report: Report, folder: Path) -> None:
    """Write the report beside its pictures, which it holds too."""

    def picture(name: str) -> str:
        data = (folder / name).read_bytes()
        return f"data:image/png;base64,{b64encode(data).decode('ascii')}"

    names = {m.id: m.short for m in load_knowledge().municipalities.values()}
    html = render(
        "staff/runs_file.html", "sv", report=report, names=names, picture=picture, styles=_styles()
    )
    (folder / REPORT).write_text(html, encoding="utf-8")


def _styles() -> Markup:
    """The style sheets of the staff pages: our own files, so nothing in them is escaped."""
    web = TEMPLATES.parent
    sheets = [theme_css(), *((web / name).read_text(encoding="utf-8") for name in STYLES)]
    return Markup("\n".join(sheets))  # noqa: S704

"""A reader of pages without scripts: a strict tree of elements, and forms that can be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag

import httpx

from tests.api.helpers import MORNING

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        """The elements in it, in order, of a kind and with these attributes."""
        for part in self.parts:
            if isinstance(part, str):
                continue
            named = {k.strip("_").replace("_", "-"): v for k, v in attributes.items()}
            if tag in ("", part.tag) and named.items() <= part.attributes.items():
                yield part
            yield from part.all(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def of_class(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [e for e in self.all() if name in e.attributes.get("class", "").split()]

    @property
    def text(self) -> str:
        """All its text, white space folded."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        return "".join(p if isinstance(p, str) else p._raw() + " " for p in self.parts)


class _Tree(HTMLParser):
    """Refuses what is not closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def done(self) -> Element:
        assert len(self._open) == 1, f"<{self._open[-1].tag}> is never closed"
        return self.root


def read(html: str) -> Element:
    """The page as a tree."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.done()


class Page:
    """A page that was got, with its forms."""

    def __init__(self, http: httpx.AsyncClient, response: httpx.Response) -> None:
        self.http, self.response = http, response
        self.status = response.status_code
        self.root = read(response.text)

    @property
    def main(self) -> Element:
        """The main part."""
        return self.root.one("main")

    def held(self, name: str) -> str:
        """The value of a hidden field: every form of the page has the same."""
        (value,) = {i.attributes["value"] for i in self.root.all("input", name=name)}
        return value

    def said(self) -> list[str]:
        """The messages in their order, each with its hidden heading."""
        return [m.text for m in self.root.of_class("lotsen-log")[0].of_class("lotsen-message")]

    def form(self, button: str) -> Element:
        """The form with a button of this text."""
        (found,) = [
            f for f in self.root.all("form") if any(b.text == button for b in f.all("button"))
        ]
        return found

    def fields(self, button: str, **typed: str) -> dict[str, str]:
        """What pressing the button would send."""
        form = self.form(button)
        inputs = list(form.all("input"))
        sent = {i.attributes["name"]: i.attributes.get("value", "") for i in inputs if _is_sent(i)}
        sent |= {t.attributes["name"]: _typed(t) for t in form.all("textarea")}
        sent |= {c.attributes["name"]: _chosen(c) for c in form.all("select")}
        (pressed,) = [b for b in form.all("button") if b.text == button]
        if "name" in pressed.attributes:
            sent[pressed.attributes["name"]] = pressed.attributes.get("value", "")
        there = sent.keys() | {i.attributes["name"] for i in inputs}
        assert typed.keys() <= there, f"there is no field {typed.keys() - there}"
        return sent | typed

    async def press(self, button: str, **typed: str) -> Page:
        """Send the form with this button."""
        form = self.form(button)
        assert form.attributes["method"] == "post"
        address = urldefrag(form.attributes["action"]).url
        return await self.send(address, self.fields(button, **typed))

    async def send(self, address: str, fields: Mapping[str, str], **headers: str) -> Page:
        """Post fields as a browser does."""
        told = {"Sec-Fetch-Site": "same-origin", **_HEADERS, **headers}
        return Page(self.http, await self.http.post(address, data=dict(fields), headers=told))

    async def again(self) -> Page:
        """Reload: what was sent is sent once more."""
        request = self.response.request
        headers = {k: v for k, v in request.headers.items() if k != "content-length"}
        response = await self.http.request(
            request.method, request.url, content=request.content, headers=headers
        )
        return Page(self.http, response)


async def visit(http: httpx.AsyncClient, address: str) -> Page:
    """Open an address."""
    return Page(http, await http.get(address, headers=_HEADERS))


def _is_sent(field: Element) -> bool:
    """Whether a browser sends it: what can be ticked, only when it is."""
    ticked = field.attributes.get("type") in {"radio", "checkbox"}
    return not ticked or "checked" in field.attributes


def _chosen(choice: Element) -> str:
    """The value of the option that is selected, or of the first."""
    options = list(choice.all("option"))
    found = next((o for o in options if "selected" in o.attributes), options[0])
    return found.attributes["value"]


def _typed(area: Element) -> str:
    """What stands in a field; browsers leave out the first line break."""
    text = "".join(p for p in area.parts if isinstance(p, str))
    return text.removeprefix("\n")


_HEADERS = {"X-Lotsen-Now": MORNING}

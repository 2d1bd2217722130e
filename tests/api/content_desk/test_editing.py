"""Answers are changed as change sets: checked first, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.knowledge.files import CONTENT_DIR
from tests.api.content_desk.editor import CONTENT, EDIT, ID, SAVE, save, sets
from tests.api.staff_pages import page_at

WRONG = {
    "text": ("Ja, det kostar.", "Börja inte med ja eller nej"),
    "easy": ("Det kostar 350 kronor.", "Uppgiften ”350 kronor” står inte i"),
    "en": ("", "Det är för kort"),
    "quote_1": ("Du står för dina egna kostnader", "Belägget står inte så på"),
    "next_1": ("ledsagning.none", "Frågan ”ledsagning.none” finns inte"),
    "review_by": ("2026-01-01", "Byt ett av datumen"),
}
PRIVATE = {"text": ("Ring 19640823-3234 <b>nu</b>.", "liknar ett personnummer")}


@pytest.mark.parametrize("wrong", [WRONG, PRIVATE], ids=["wrong", "private"])
async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    app: FastAPI, eva: httpx.AsyncClient, wrong: dict[str, tuple[str, str]]
) -> None:
    typed = {field: text for field, (text, _) in wrong.items()}
    page = await save(await page_at(eva, EDIT), **typed, reviewer="Eva <Ek>", reviewed="2026-11-01")
    assert page.status == 422
    above = page.main.of_class("lotsen-notice--problem")[0].text
    for field, (_, says) in wrong.items():
        element = next(e for e in page.main.all(id=field))
        told = element.attributes["aria-describedby"].split()
        assert says in " ".join(next(page.main.all(id=i)).text for i in told)
        assert element.attributes["aria-invalid"] == "true"
        assert says in above
    kept = page.fields(SAVE)
    typed.pop("next_1", None)  # a choice that is none is not shown again
    assert typed.items() <= kept.items() and kept["reviewer"] == "Eva <Ek>"
    assert await sets(app) == []


async def test_checked_then_saved_as_a_change_set(app: FastAPI, eva: httpx.AsyncClient) -> None:
    file = CONTENT_DIR / "umea" / "ledsagning.yml"
    before = file.read_text(encoding="utf-8")
    text = "Du står för dina egna omkostnader i samband med aktiviteter."
    checked = await save(
        await page_at(eva, EDIT), "Kontrollera och förhandsgranska", text=text, speech="Du betalar."
    )
    assert checked.status == 200 and "Inget är sparat än" in checked.main.text
    assert text in checked.main.of_class("content-preview--text")[0].text
    assert "Du betalar." in checked.main.of_class("content-preview--speech")[0].text
    saved = await save(checked)
    assert saved.status == 303
    answer = await page_at(eva, saved.response.headers["location"])
    assert "sparad som förslag" in answer.main.text
    (one,) = await sets(app)
    assert (one.kind, one.municipality, one.created_name) == ("content", "umea", "Eva Ek")
    assert one.about == {"answers": [ID]}
    assert text in one.patch() and "+    speech: Du betalar." in one.patch()
    assert one.title in answer.main.text and file.read_text(encoding="utf-8") == before
    assert "Det finns redan en ändring" in (await page_at(eva, EDIT)).main.text


async def test_lines_are_chosen_on_the_page(app: FastAPI, eva: httpx.AsyncClient) -> None:
    page = await page_at(eva, EDIT)
    (line,) = [
        box.attributes["value"]
        for label in page.main.all("label")
        for box in label.all("input", name="line")
        if label.text.startswith("Syftet är att du ska kunna delta")
    ]
    added = await save(page, "Lägg till de valda raderna", line=line, text="Kvar.")
    assert added.status == 200
    quotes = [v for k, v in added.fields(SAVE).items() if k.startswith("quote_")]
    assert quotes[-1] == "Syftet är att du ska kunna delta i samhällets gemenskap."
    assert added.fields(SAVE)["text"] == "Kvar."
    gone = await save(added, **{f"quote_{n}": "" for n in range(1, len(quotes) + 1)})
    assert gone.status == 422 and "minst 1" in gone.main.text


async def test_an_answer_that_changed_meanwhile_is_not_overwritten(eva: httpx.AsyncClient) -> None:
    page = await save(await page_at(eva, EDIT), base="0" * 16, text="Du står för omkostnader.")
    assert page.status == 422 and "har ändrats sedan du öppnade det" in page.main.text
    same = await save(await page_at(eva, EDIT))
    assert same.status == 422 and "Du har inte ändrat något" in same.main.text


async def test_several_are_marked_as_reviewed(app: FastAPI, eva: httpx.AsyncClient) -> None:
    listed = await page_at(eva, CONTENT)
    button = "Granskade i dag, inget behöver ändras"
    nothing = await listed.press(button)
    told = await page_at(eva, nothing.response.headers["location"])
    assert "Välj minst ett svar först." in told.main.text
    ids = [ID, "umea.anhorigstod.vad"]
    fields: Any = {**listed.fields(button), "answer": ids}
    assert (await listed.send(f"{CONTENT}/reviewed", fields)).status == 303
    (one,) = await sets(app)
    assert one.about == {"answers": ids, "reviewed": True}
    assert one.title == "Granskat utan ändring: 2 svar" and len(one.files) == 2
    added = [line for line in one.patch().splitlines() if line[:2] in ("+ ", "- ")]
    dates = ["reviewer: Eva Ek", "reviewed: 2026-11-18", "review_by: 2027-05-20"]
    assert [line[1:].strip() for line in added] == dates * 2
    assert (await page_at(eva, CONTENT)).main.text.count("Ändring väntar") == 2
    foreign: Any = {**fields, "answer": "ludvika.anhorigstod.vad"}
    await listed.send(f"{CONTENT}/reviewed", foreign)
    assert len(await sets(app)) == 1


async def test_a_form_of_somebody_else_is_refused(app: FastAPI, eva: httpx.AsyncClient) -> None:
    page = await page_at(eva, EDIT)
    assert (await save(page, csrf="x" * 43, text="Ny text.")).status == 403
    assert await sets(app) == []


async def test_a_contact_is_changed_as_a_change_set(app: FastAPI, eva: httpx.AsyncClient) -> None:
    path = f"{CONTENT}/contact?id=umea.mottagningsenheten"
    wrong = await save(await page_at(eva, path), phone="090-99 99 99")
    assert wrong.status == 422 and wrong.fields(SAVE)["phone"] == "090-99 99 99"
    assert "står inte i något av kontaktens belägg" in wrong.main.of_class("staff-problem")[0].text
    saved = await save(await page_at(eva, path), visit_hours="")
    told = await page_at(eva, saved.response.headers["location"])
    assert "sparad som förslag" in told.main.text
    (one,) = await sets(app)
    assert one.about == {"contact": "mottagningsenheten"} and "visit_hours: null" in one.patch()

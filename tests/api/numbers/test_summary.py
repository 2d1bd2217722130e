"""Counters become figures: periods, small figures, charts, the file for a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from api.numbers import words
from api.numbers.charts import HEIGHT, LEFT, RIGHT, WIDTH, columns, scale_step, shares
from api.numbers.page import minutes, page_values, percent
from api.numbers.periods import CHOICES, Period
from api.numbers.sheet import file_name, sheet
from api.numbers.summary import Row, Summary, summary
from bot.dialogue.turn import STOCKHOLM
from bot.knowledge.loader import load_knowledge

NOW = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.timezone.utc)
TODAY = dt.date(2026, 11, 23)
PERIOD = Period.until(NOW, 7)
ROWS: list[Row] = [
    (TODAY - dt.timedelta(days=6), "messages", 3),
    (TODAY, "messages", 17),
    (TODAY, "conversations", 6),
    (TODAY, "hour.09.open", 12),
    (TODAY, "hour.20.closed", 6),
    (TODAY, "hour.21.unknown", 2),
    (TODAY, "replies.answer", 12),
    (TODAY, "replies.passage", 2),
    (TODAY, "replies.not_defined", 4),
    (TODAY, "replies.clarify", 2),
    (TODAY, "replies.smalltalk", 9),
    (TODAY, "replies.crisis", 1),
    (TODAY, "service.ledsagning", 11),
    (TODAY, "service.avlosning", 12),
    (TODAY, "service.borttagen", 1),
    (TODAY, "language.sv", 15),
    (TODAY, "language.uk", 3),
    (TODAY, "language.ar", 4),
    (TODAY, "channel.kiosk", 2),
    (TODAY, "answer.umea.ledsagning.kostnad", 9),
    (TODAY, "answer.umea.mottagningsenheten.telefonnummer", 2),
    (TODAY, "answer.leksand.uppdrag.krav", 5),
    (TODAY, "feedback.helped", 4),
    (TODAY, "feedback.umea.ledsagning.kostnad.helped", 4),
    (TODAY, "feedback.umea.ledsagning.kostnad.not_helped", -1),
    (TODAY, "handoff.joined", 4),
    (TODAY, "handoff.waited.5_min", 2),
    (TODAY, "callback.asked", 1),
    (TODAY, "mail.asked", 2),
    (TODAY, "something.new", 2),
]


@pytest.fixture(scope="module")
def told() -> Summary:
    return summary("umea", PERIOD, ROWS, [20, 70, 250])


@pytest.mark.parametrize(
    ("days", "bars", "first", "title"),
    [
        (7, 7, "17 nov", "17 nov–23 nov 2026"),
        (30, 30, "25 okt", "25 okt–23 nov 2026"),
        (90, 14, "v. 35", "26 aug–23 nov 2026"),
        (365, 13, "nov 2025", "24 nov 2025–23 nov 2026"),
    ],
)
def test_a_period_ends_with_the_swedish_day_and_leaves_no_day_out(
    days: int, bars: int, first: str, title: str
) -> None:
    period = Period.until(NOW, days)
    spans = period.spans()
    assert (len(spans), spans[0].title, period.title) == (bars, first, title)
    assert sum((s.last - s.first).days + 1 for s in spans) == days == period.days
    assert (spans[0].first, spans[-1].last) == (period.first, TODAY)
    start, after = period.moments()
    assert (start.tzinfo, after.date()) == (STOCKHOLM, TODAY + dt.timedelta(days=1))


def test_figures_are_those_of_the_counters(told: Summary) -> None:
    assert [n for _, n in told.volume] == [3, 0, 0, 0, 0, 0, 17]
    assert (told.when_closed, told.to_person) == ((6, 18), 7)
    assert (told.hours[9].open, told.hours[20].closed, told.hours[21].unknown) == (12, 6, 2)
    assert [(f.title, f.told) for f in told.services] == [
        ("avlösning", "12"), ("ledsagning", "11"), ("borttagen", "1"),
    ]  # fmt: skip
    assert told.waits is not None
    assert (told.waits.taken, told.waits.median, told.waits.longest) == (3, 70, 250)
    assert summary("umea", PERIOD, []).waits is None


def test_few_of_what_could_point_at_somebody_are_not_told(told: Summary) -> None:
    assert [(f.title, f.told) for f in told.languages] == [
        ("svenska", "15"), ("arabiska", "färre än 5"), ("ukrainska", "färre än 5"),
    ]  # fmt: skip
    crisis = next(f for f in told.kinds if f.name == "replies.crisis")
    assert crisis.told == "färre än 5"
    values = page_values(told)
    bars = {bar.title: bar for _, _, group in values["groups"] for bar in group}
    assert (bars["arabiska"].length, bars["svenska"].length) == (0.0, 100.0)


def test_only_own_answers_are_listed_by_their_questions(told: Summary) -> None:
    contact = load_knowledge().municipalities["umea"].contacts["mottagningsenheten"].name
    assert [(a.title, a.asked, a.yes, a.no) for a in told.answers] == [
        ("Vad kostar ledsagning?", 9, 4, 0), (f"{contact}: telefonnummer", 2, 0, 0),
    ]  # fmt: skip


def test_the_page_says_shares_and_times(told: Summary) -> None:
    values = page_values(told)
    assert values["closed_share"] == percent(6, 18) == "33\N{NO-BREAK SPACE}%"
    assert values["answered_share"] == "70\N{NO-BREAK SPACE}%"
    assert (values["median"], values["longest"], minutes(20)) == (
        "1 min 10 s",
        "4 min 10 s",
        "20 s",
    )
    assert percent(0, 0) == "–"
    assert [bar.told for bar in values["person"]] == ["4", "1", "2"]
    empty = page_values(summary("ostersund", PERIOD, []))
    assert (empty["has_phone"], empty["longest"], empty["answered_share"]) == (False, None, "–")


def test_the_file_has_a_line_for_each_day_and_figure(told: Summary) -> None:
    text = sheet(told, ROWS)
    assert text[0] == "\ufeff"
    lines = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert lines[0] == ["dag", "grupp", "namn", "antal"]
    assert ["2026-11-23", "Språk", "arabiska", "färre än 5"] in lines
    assert ["2026-11-23", "Svar", words.KINDS["crisis"], "färre än 5"] in lines
    assert ["2026-11-23", "Timme", "09, telefonen öppen", "12"] in lines
    assert ["2026-11-23", "Tjänst", "avlösning", "12"] in lines
    assert ["2026-11-23", "Fråga", "Vad kostar ledsagning?", "9"] in lines
    assert ["2026-11-23", "Omdömen", "Vad kostar ledsagning? – hjälpte", "4"] in lines
    assert lines[-1] == ["2026-11-17/2026-11-23", "Väntetid", "Längsta väntan i sekunder", "250"]
    assert not any("something" in cell for line in lines for cell in line)
    assert file_name(told) == "siffror-umea-2026-11-17-2026-11-23.csv"
    assert len(sheet(summary("umea", PERIOD, []), []).splitlines()) == 1


def test_bars_stand_within_the_picture() -> None:
    chart = columns([(str(n), [(n * 7, "open"), (n, "closed"), (0, "all")]) for n in range(24)])
    assert len(chart.boxes) == 46
    assert all(b.y >= 0 and b.y + b.height <= HEIGHT for b in chart.boxes)
    assert all(b.x >= LEFT and b.x + b.width <= WIDTH - RIGHT for b in chart.boxes)
    assert [label.text for label in chart.below][:3] == ["0", "2", "4"]
    assert columns([]).boxes == [] == columns([("a", [(0, "all")])]).boxes


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (3, 1), (4, 1), (5, 2), (9, 5), (41, 20), (95, 25), (12345, 5000)]
)
def test_a_scale_has_round_steps_and_room_for_the_largest(most: int, step: int) -> None:
    assert scale_step(most) == step
    assert step * 4 >= most


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    assert shares([4, 2, 0]) == [100.0, 50.0, 0.0]
    assert shares([]) == shares([]) == []
    assert shares([0]) == [0.0]


def test_every_language_and_choice_has_a_name() -> None:
    known = load_knowledge()
    assert all(words.language_name(code) != "annat språk" for code in ("sv", *known.languages))
    assert words.language_name("xx") == "annat språk"
    assert words.answer_name("umea") == "umea"
    assert words.answer_name("umea.ledsagning.vem.barn").endswith("(barn)")
    assert words.answer_name("umea.gone.vad") == "umea.gone.vad"
    assert list(CHOICES) == sorted(CHOICES)

"""The results as docs/bench.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bench.stats import Spread

Part = Mapping[str, Any]
GOALS: Final = {"times stock's replies": 15.0, "times the encoder": 2.5, "growth": 1.2}

HEAD: Final = """# Benchmarks
Written by `make bench`; `bench/README.md` tells how each figure comes about. A figure is a
median, with the lowest and the highest value in brackets. Ratios are of values measured beside one
another in one run.
"""


def report(found: Mapping[str, Part]) -> str:
    """Markdown: a section for each part that has been measured."""
    sections = [HEAD]
    for name, (title, write) in PARTS.items():
        if name in found:
            told = "\n".join(write(found[name]))
            sections.append(f"## {title}\n{_where(found[name])}\n\n{told}\n")
    return "\n".join(sections)


def _where(part: Part) -> str:
    on = part["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in on["packages"].items())
    return (
        f"{on['at']}, commit {on['commit'] or 'unknown'}; {on['cores']} cores of "
        f"{on['processor']}, {on['memory']}, {on['system']}, Python {on['python']}; {versions}. "
        f"Load before: {on['load_before']}. Took {part['took_seconds']:.0f} s."
    )


def _replies(part: Part) -> list[str]:
    trained = part["stock_training"]
    started, memory = part["start_seconds"], part["megabytes"]
    lines = [
        _told(
            f"{part['rounds']} slices of {part['slice_seconds']:g} s of each side at each level,",
            f"taking turns; {part['conversations']} conversations of the suites.",
            f"The stock project was trained on {trained['examples']} examples with",
            f"{trained['epochs']} epochs in {trained['seconds']:.0f} s",
            f"({trained['processor_seconds']:.0f} s of processor time,",
            f"at most {trained['megabytes']:.0f} MB); its default is 100 epochs.",
            f"Start to first answer: ours {started['ours']:.1f} s, stock {started['stock']:.1f} s.",
            f"Most memory: ours {_megabytes(memory['ours'])}, stock's two processes",
            f"{_megabytes(memory['stock'])}.",
        ),
        "",
    ]
    rows = [
        (
            at_once,
            cell(level["ours"]["replies_a_second"], 1),
            cell(level["stock"]["replies_a_second"], 1),
            f"{cell(level['times_as_many'], 1)} ×",
            cell(level["ours"]["wait_ms"]),
            cell(level["stock"]["wait_ms"]),
            "; ".join(f"{level[s]['failed']}, {level[s]['empty']}" for s in ("ours", "stock")),
        )
        for at_once, level in part["levels"].items()
    ]
    head = ("at once", "replies/s, ours", "stock", "ratio", "wait ms, ours", "stock")
    lines += table((*head, "failed, empty: ours; stock"), rows)
    new = [level for name, level in part["levels"].items() if "heard" not in name]
    best = max(level["times_as_many"]["median"] for level in new)
    return [*lines, "", _goal(best, GOALS["times stock's replies"], least=True)]


def _steps(part: Part) -> list[str]:
    ways = {**part["ms"]}
    lines = table(
        ("a message", "ms", "nine of ten within", "times the encoder"),
        [
            (
                name,
                cell(ms, 1),
                f"{ms['nine_of_ten']:.1f}",
                cell(part["times_the_encoder"][name], 1)
                if name in part["times_the_encoder"]
                else "",
            )
            for name, ms in ways.items()
        ],
    )
    steps = sorted(part["steps_ms"].items(), key=lambda item: -item[1]["median"])
    rows = [
        (
            f"{name} (within {part['within'][name]})" if name in part["within"] else name,
            cell(ms, 2),
            f"{part['share'][name]:.0%}",
        )
        for name, ms in steps
    ]
    ratio = part["times_the_encoder"]["over HTTP"]["median"]
    goal = _goal(ratio, GOALS["times the encoder"], least=False)
    return [*lines, "", goal, "", *table(("step", "ms", "share"), rows)]


def _sizes(part: Part) -> list[str]:
    names = list(next(iter(part["sizes"].values())))
    sizes = list(part["sizes"])
    rows = []
    for name in names:
        digits = 0 if name.endswith(("megabytes", "ms")) else 1
        figures = [cell(part["sizes"][size][name], digits) for size in sizes]
        ratios = [cell(part["times_the_first"][name][size], 2) for size in sizes[1:]]
        rows.append((name.replace("_", " "), *figures, *ratios))
    head = ("what", *sizes, *(f"{size} : {sizes[0]}" for size in sizes[1:]))
    lines = [
        _told(
            f"Municipalities: {', '.join(sizes)}. {part['repeats']} trainings and starts of each,",
            f"taking turns; {part['messages']} questions, each put to all sizes one after another.",
        ),
        "",
        *table(head, rows),
        "",
    ]
    if len(sizes) > 1:
        last = part["times_the_first"]
        for name in ("reply_ms", "training_seconds"):
            goal = _goal(last[name][sizes[-1]]["median"], GOALS["growth"], least=False)
            lines.append(f"{name.replace('_', ' ').capitalize()}: {goal}")
    return lines


def _long(part: Part) -> list[str]:
    rows = [
        (
            length,
            cell(at["reply_ms"]),
            cell(at["new_ms"]),
            f"{cell(at['times_a_new_one'], 2)} ×",
        )
        for length, at in part["lengths"].items()
    ]
    return table(("turns", "ms", "the same in new conversations, ms", "ratio"), rows)


def _sound(part: Part) -> list[str]:
    rows = [(kind, cell(ms), f"{ms['nine_of_ten']:.0f}") for kind, ms in part["ms"].items()]
    return table(("first sound", "ms", "nine of ten within"), rows)


PARTS: Final[dict[str, tuple[str, Callable[[Part], list[str]]]]] = {
    "replies": ("Replies, beside stock Rasa", _replies),
    "steps": ("Where a reply's time goes", _steps),
    "sizes": ("Training, start, memory, and growth", _sizes),
    "long": ("Long conversations", _long),
    "sound": ("First sound", _sound),
}


def _told(*parts: str) -> str:
    """One paragraph."""
    return " ".join(parts)


def _megabytes(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f} MB"


def cell(values: Spread, digits: int = 0) -> str:
    """``64 (58–91)``."""
    low, middle, high = values["lowest"], values["median"], values["highest"]
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _goal(value: float, goal: float, *, least: bool) -> str:
    """Whether a ratio reaches its goal, or by how much it does not."""
    wanted = f"goal: {'at least' if least else 'at most'} {goal:g} ×; measured {value:.2f} ×"
    if value >= goal if least else value <= goal:
        return f"{wanted}: met."
    lacking = goal / value if least else value / goal
    return f"{wanted}: not met, {lacking:.2f} times off."

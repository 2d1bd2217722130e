"""One question, a story with a question inside, or several questions."""

from __future__ import annotations

from bot.dialogue.questions import Question, questions, settled
from bot.dialogue.state import State
from bot.dialogue.topics import Candidate
from bot.dialogue.turn import Clause, Turn
from tests.bot.dialogue.helpers import KNOWLEDGE, clause, turn

COST = clause("Vad kostar ledsagning?", ("ledsagning.kostnad", 0.95), question=True)
APPLY = clause("Hur ansöker man?", ("ledsagning.ansok", 0.95), question=True)
HELLO = clause("Hej!", ("greet", 0.99))
STORY = clause("Min mamma är trött.", ("ledsagning.vem", 0.4), ("greet", 0.2))


def said(*parts: Clause, guesses: tuple[tuple[str, float], ...] = ()) -> Turn:
    return turn(" ".join(p.text for p in parts), *guesses, parts=parts)


def asked(message: Turn) -> list[tuple[str, str]]:
    found = questions(message, State(), KNOWLEDGE, "umea")
    return [(q.clause.text, q.best.aspect) for q in found]


def test_one_clause_is_one_question() -> None:
    message = turn("Vad kostar det?", ("ledsagning.kostnad", 0.9))
    assert asked(message) == [("Vad kostar det?", "kostnad")]


def test_courtesy_beside_a_question_is_left_out() -> None:
    assert asked(said(HELLO, COST)) == [(COST.text, "kostnad")]


def test_courtesy_alone_is_answered() -> None:
    thanks = clause("Tack!", ("thanks", 0.9))
    message = said(HELLO, thanks, guesses=(("greet", 0.9),))
    assert [aspect for _, aspect in asked(message)] == ["greet"]


def test_two_sure_questions_are_both_answered_in_order() -> None:
    assert asked(said(COST, APPLY)) == [(COST.text, "kostnad"), (APPLY.text, "ansok")]


def test_the_same_question_twice_is_one() -> None:
    again = clause("Vad är priset?", ("ledsagning.kostnad", 0.95), question=True)
    assert len(asked(said(COST, again, guesses=(("ledsagning.kostnad", 0.9),)))) == 1


def test_no_more_than_a_few_are_answered() -> None:
    aspects = ("kostnad", "ansok", "vem", "vad", "beslut")
    many = [clause(f"{a}?", (f"ledsagning.{a}", 0.99), question=True) for a in aspects]
    assert [aspect for _, aspect in asked(said(*many))] == ["kostnad", "ansok", "vem"]


def test_a_question_that_is_not_sure_is_read_with_the_whole_message() -> None:
    vague = clause("Vad gör jag?", ("out_of_scope", 0.3), ("ledsagning.ansok", 0.25), question=True)
    message = said(STORY, vague, guesses=(("ledsagning.ansok", 0.8),))
    assert asked(message) == [("Vad gör jag?", "ansok")]


def test_who_wants_a_person_gets_one() -> None:
    person = clause("Jag vill prata med någon.", ("human_handoff", 0.8))
    assert asked(said(COST, person)) == [(person.text, "human_handoff")]


def test_a_question_takes_the_service_named_elsewhere_in_the_message() -> None:
    vague = clause("Hur gör man?", ("none.ansok", 0.9), question=True)
    first = clause("Hej", ("greet", 0.9))
    message = turn("Hej. Hur gör man?", names={"service": ("ledsagning",)}, parts=(first, vague))
    found = questions(message, State(), KNOWLEDGE, "umea")
    assert [(q.best.service, q.best.aspect) for q in found] == [("ledsagning", "ansok")]


def test_talk_counts_for_nothing_beside_a_need() -> None:
    need = clause("Mamma behöver ledsagning.", ("ledsagning.vem", 0.9))
    who = clause("Vem är du?", ("bot_challenge", 0.7), ("kontakt", 0.3), question=True)
    found = asked(said(need, who, guesses=(("kontakt", 0.3),)))
    assert found[-1] == (who.text, "kontakt")


def test_a_long_story_without_a_question_is_read_by_its_clearest_clause() -> None:
    long = clause("ord " * 45, ("avlosning.vad", 0.4), ("uppdrag.vad", 0.3), ("uppdrag.bli", 0.3))
    clear = clause("Vi vill ha ledsagning.", ("ledsagning.ansok", 0.5))
    assert asked(said(long, clear)) == [(clear.text, "ansok")]


def test_in_a_long_story_the_question_stands_alone() -> None:
    long = clause("ord " * 45, ("avlosning.vad", 0.5))
    message = said(long, APPLY, guesses=(("avlosning.vad", 0.9),))
    assert asked(message) == [(APPLY.text, "ansok")]


def test_a_question_of_one_word_is_read_with_the_story() -> None:
    how = clause("hur", ("greet", 0.8), question=True)
    message = said(STORY, how, guesses=(("ledsagning.vem", 0.6),))
    assert asked(message) == [(message.text, "vem")]


def test_a_reading_is_settled_when_its_service_is() -> None:
    near = [Candidate("avlosning", a, w) for a, w in (("vad", 0.28), ("kostnad", 0.27))]
    far = [Candidate("uppdrag", "vad", 0.28), Candidate("ledsagning", "vad", 0.27)]
    more = Candidate("avlosning", "beslut", 0.25)
    text = clause("behöver någon komma hit innan vi kan få det", question=False)
    assert settled(Question(text, [*near, more]), State(), KNOWLEDGE) == near[0]
    assert settled(Question(text, far), State(), KNOWLEDGE) is None


def test_a_leaning_turn_is_settled_by_the_service_spoken_of() -> None:
    far = [Candidate("uppdrag", "vad", 0.28), Candidate("ledsagning", "vad", 0.2)]
    text = clause("och den då")
    assert settled(Question(text, far), State(service="ledsagning"), KNOWLEDGE) == far[1]

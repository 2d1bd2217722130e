"""Wishes for a person, in every language that is understood, and what only sounds like one."""

from __future__ import annotations

import pytest

from bot.dialogue.person_wishes import asks_whom, only_asks, wants_person, wished_way
from bot.knowledge.loader import load_knowledge

CALLBACK = {
    "sv": ("ring upp mig", "Bli uppringd", "kan en handläggare ringa mig", "kan ni ringa tillbaka"),
    "en": ("call me back please", "I want a callback", "Be called back"),
    "fi": ("voitteko soittaa minulle", "haluan että minulle soitetaan"),
    "no": ("kan dere ringe meg",),
    "da": ("kan I ringe til mig",),
    "de": ("könnten Sie mich zurückrufen", "rufen Sie mich bitte an"),
    "ar": ("اتصلوا بي من فضلكم", "أريد أن يتصل بي أحد"),
    "so": ("ma i soo wici kartaan", "waxaan rabaa in la i soo waco"),
    "uk": ("передзвоніть мені будь ласка", "чи можете ви мені зателефонувати"),
    "pl": ("proszę o oddzwonienie", "zadzwońcie do mnie"),
    "fa": ("به من زنگ بزنید",),
    "ti": ("ደውሉለይ",),
}
CHAT = (
    *("Chatta med en människa", "jag vill chatta med nån", "livechatt", "chatta hellre"),
    *("can I chat with a human", "haluan chatata ihmisen kanssa", "أريد الدردشة مع موظف"),
    *("jeg vil chatte med et menneske", "ich möchte mit einem Menschen chatten"),
    *("chcę czatować z człowiekiem", "می خواهم با یک نفر چت کنم"),
)
NEITHER = (
    *("kan du ringa in", "vem är kontaktperson", "jag vill bli kontaktfamilj", "vem ringer mig"),
    *("när ringer ni mig", "ni ringde mig igår", "ingen ringer tillbaka", "kan jag ringa till er"),
    *("får kontaktpersonen ringa mig på kvällen", "kan man chatta med kontaktpersonen"),
    *("jag vill inte bli uppringd", "jag blir aldrig uppringd", "vad kostar det att ringa"),
    *("call me stupid", "when can I call", "milloin voin soittaa", "متى يمكنني الاتصال"),
    *("goorma ayaan soo wici karaa", "коли можна зателефонувати", "wann kann ich anrufen"),
    *("är du en chattbot", "ring 112", "jag behöver ringa in till växeln"),
)


def test_every_language_has_a_way_to_ask_to_be_called() -> None:
    assert CALLBACK.keys() >= {"sv", *load_knowledge().languages}


@pytest.mark.parametrize("said", [text for texts in CALLBACK.values() for text in texts])
def test_who_wants_to_be_called(said: str) -> None:
    assert wished_way(said) == "callback"


@pytest.mark.parametrize("said", CHAT)
def test_who_wants_to_chat(said: str) -> None:
    assert wished_way(said) == "chat"


@pytest.mark.parametrize("said", NEITHER)
def test_what_only_sounds_like_a_wish(said: str) -> None:
    assert wished_way(said) is None


def test_asking_whether_it_can_be_done_is_not_choosing_it() -> None:
    assert only_asks("går det att chatta med någon?")
    assert not only_asks("jag vill chatta med någon")


@pytest.mark.parametrize(
    "said", ["är chatten öppen?", "när öppnar chatten", "chattens öppettider", "is the chat open?"]
)
def test_asking_when_the_chat_is_open_is_not_about_the_phone(said: str) -> None:
    assert wished_way(said) == "chat"
    assert only_asks(said)


def test_asking_for_somebody_to_talk_to() -> None:
    assert wants_person("kan jag få tala med en handläggare")
    assert not wants_person("vad är en kontaktperson")


@pytest.mark.parametrize("said", ["vem ringer jag", "vart vänder jag mig", "who can I talk to"])
def test_asking_whom_to_turn_to(said: str) -> None:
    assert asks_whom(said)
    assert not asks_whom(said + " " + "och sedan en lång historia om något helt annat " * 3)

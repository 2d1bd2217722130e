"""Signing in through a provider: the whole way, and every answer that is not to be believed."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from api.settings_desk import DeskSettings, OidcSettings
from api.staff.records import Staff
from api.storage import audit
from api.storage import staff as table
from api.storage.store import Store
from api.storage.tables_desk import staff_sign_ins
from tests.api.helpers import LOCAL
from tests.api.html import read
from tests.api.running import Open
from tests.api.staff.helpers import NOW, add_account
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider

AGAIN = "Inloggningen blev inte klar. Börja om."
AWAY = "Det går inte att nå Umeås inloggning just nu. Försök igen om en stund."
MINUTE = timedelta(minutes=1)

Claims = dict[str, Any]


class Browser:
    """Somebody's browser, which goes to the provider and back."""

    def __init__(self, http: httpx.AsyncClient, provider: OidcProvider) -> None:
        self.http, self.provider = http, provider
        self.now = NOW
        app: FastAPI = http._transport.app  # type: ignore[attr-defined]
        self.store: Store = app.state.store

    async def open(self, address: str) -> httpx.Response:
        """Open an address of ours."""
        return await self.http.get(address, headers={"X-Lotsen-Now": self.now.isoformat()})

    async def leave(self) -> str:
        """Go to the provider; the address that it sends the browser back to."""
        response = await self.open("/desk/oidc")
        assert response.status_code == 303, response.text
        assert response.headers["cache-control"] == "no-store"
        address = response.headers["location"]
        assert address.startswith(f"{self.provider.issuer}/authorize?")
        answer = await asyncio.to_thread(httpx.get, address)
        return str(answer.headers["location"])

    async def sign_in(self) -> httpx.Response:
        """There and back."""
        return await self.open(await self.leave())

    async def me(self) -> Claims | None:
        """Who the desk says one is."""
        response = await self.open("/api/v1/desk/me")
        return dict(response.json()) if response.status_code == 200 else None

    async def staff(self) -> list[Staff]:
        """All accounts."""

        def accounts() -> list[Staff]:
            with self.store.desk.connect() as connection:
                return [account.staff for account in table.accounts(connection)]

        return await asyncio.to_thread(accounts)


def settings(provider: OidcProvider, **changes: Any) -> DeskSettings:
    oidc = OidcSettings(
        **{
            "issuer": provider.issuer,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "name": "Umeås inloggning",
            **changes,
        }
    )
    return DeskSettings(oidc=oidc)


@pytest.fixture
async def anna(serve: Open, provider: OidcProvider) -> AsyncIterator[Browser]:
    """Anna's browser; our clock and the provider's show the same."""
    provider.now = lambda: NOW
    async with serve(desk=settings(provider), public_url=LOCAL) as http:
        yield Browser(http, provider)


async def refused(browser: Browser, response: httpx.Response, words: str = AGAIN) -> None:
    assert response.status_code in {403, 503}, response.headers
    page = read(response.text)
    assert page.one(role="alert").text == words
    assert page.one("a", href="/desk/oidc").text == "Logga in med Umeås inloggning"
    assert list(page.all("form", action="/desk/sign-in"))
    assert await browser.me() is None


async def test_the_whole_way(anna: Browser) -> None:
    response = await anna.sign_in()
    assert (response.status_code, response.headers["location"]) == (303, "/desk")
    me = await anna.me()
    assert me
    assert me["name"] == "Anna Ek"
    (membership,) = me["memberships"]
    assert (membership["municipality"], membership["roles"]) == ("umea", ["agent"])
    (staff,) = await anna.staff()
    assert staff.login.startswith("oidc:")
    with anna.store.desk.connect() as connection:
        (entry,) = audit.read(connection, ["umea"])
    assert (entry.action, entry.staff_id) == ("signed_in", staff.id)


async def test_what_is_asked_of_the_provider(anna: Browser) -> None:
    left = urlsplit((await anna.open("/desk/oidc")).headers["location"])
    asked = {name: values[0] for name, values in parse_qs(left.query).items()}
    assert asked.keys() == {
        *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }
    assert asked["redirect_uri"] == f"{LOCAL}/desk/oidc/callback"
    again = parse_qs(urlsplit((await anna.open("/desk/oidc")).headers["location"]).query)
    for name in ("state", "nonce", "code_challenge"):
        assert again[name] != [asked[name]]


async def test_the_public_address_is_the_one_to_come_back_to(
    serve: Open, provider: OidcProvider
) -> None:
    async with serve(desk=settings(provider), public_url="https://chat.example.se") as http:
        left = await http.get("/desk/oidc", headers={"Host": "evil.example"})
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["redirect_uri"] == ["https://chat.example.se/desk/oidc/callback"]


async def test_the_same_person_has_one_account_and_the_roles_of_the_day(anna: Browser) -> None:
    await anna.sign_in()
    anna.provider.person |= {"name": "Anna Ek-Lund", "roles": ["ludvika:admin", "mars:agent"]}
    await anna.sign_in()
    (staff,) = await anna.staff()
    assert staff.name == "Anna Ek-Lund"
    assert staff.roles == {"ludvika": {"admin"}}


@pytest.mark.parametrize("roles", [[], None, ["umea:boss"], ["mars:agent"], "agent"])
async def test_nobody_without_a_role_gets_in(anna: Browser, roles: Any) -> None:
    anna.provider.person["roles"] = roles
    response = await anna.sign_in()
    assert "Du har ingen roll här än." in response.text
    assert await anna.me() is None
    assert await anna.staff() == []


async def test_who_has_lost_every_role_is_out_everywhere(anna: Browser) -> None:
    await anna.sign_in()
    elsewhere = dict(anna.http.cookies)
    anna.http.cookies.clear()
    anna.provider.person["roles"] = []
    assert (await anna.sign_in()).status_code == 403
    anna.http.cookies.update(elsewhere)
    assert await anna.me() is None
    (staff,) = await anna.staff()
    assert staff.roles == {}


async def test_a_disabled_account_stays_out_whatever_the_provider_says(anna: Browser) -> None:
    await anna.sign_in()
    (staff,) = await anna.staff()
    with anna.store.desk.begin() as connection:
        table.change(connection, staff.id, active=False)
    assert await anna.me() is None
    assert (await anna.sign_in()).status_code == 403
    assert await anna.me() is None


async def test_a_local_account_is_never_taken_over(anna: Browser) -> None:
    add_account(anna.store, "anna@umea.se", "Anna Ek", umea="admin")
    anna.provider.person |= {"preferred_username": "anna@umea.se", "email": "anna@umea.se"}
    await anna.sign_in()
    me = await anna.me()
    assert me
    assert me["memberships"][0]["roles"] == ["agent"]
    assert len(await anna.staff()) == 2


async def test_signing_in_opens_a_new_session_and_ends_the_old(anna: Browser) -> None:
    await anna.sign_in()
    first = anna.http.cookies["lotsen_desk"]
    await anna.sign_in()
    assert anna.http.cookies["lotsen_desk"] != first
    anna.http.cookies.set("lotsen_desk", first, domain="127.0.0.1")
    assert await anna.me() is None


# What comes back through the browser.


async def test_an_answer_is_good_once(anna: Browser) -> None:
    back = await anna.leave()
    cookie = anna.http.cookies["lotsen_desk_oidc"]
    assert (await anna.open(back)).status_code == 303
    for kept in (None, cookie):
        anna.http.cookies.clear()
        if kept:
            anna.http.cookies.set("lotsen_desk_oidc", kept, domain="127.0.0.1")
        await refused(anna, await anna.open(back))


async def test_somebody_elses_answer_is_not_ones_own(anna: Browser) -> None:
    theirs = await anna.leave()
    anna.http.cookies.clear()
    await refused(anna, await anna.open(theirs))
    await anna.leave()
    await refused(anna, await anna.open(theirs))


async def test_a_code_of_another_sign_in_is_refused(anna: Browser) -> None:
    """PKCE: the code was made for another verifier."""
    stolen = parse_qs(urlsplit(await anna.leave()).query)["code"][0]
    mine = parse_qs(urlsplit(await anna.leave()).query)
    answer = urlencode({"code": stolen, "state": mine["state"][0]})
    await refused(anna, await anna.open(f"/desk/oidc/callback?{answer}"))


async def test_an_answer_that_took_too_long_is_refused(anna: Browser) -> None:
    back = await anna.leave()
    anna.now = NOW + 10 * MINUTE
    anna.provider.now = lambda: anna.now
    await refused(anna, await anna.open(back))
    with anna.store.desk.connect() as connection:
        assert connection.execute(staff_sign_ins.select()).first() is None


async def test_sign_ins_that_were_given_up_are_deleted(anna: Browser) -> None:
    await anna.leave()
    anna.now = NOW + 10 * MINUTE
    await anna.leave()
    with anna.store.desk.connect() as connection:
        assert len(connection.execute(staff_sign_ins.select()).all()) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer.pop("code"),
        lambda answer: answer.pop("state"),
        lambda answer: answer.update(code=""),
        lambda answer: answer.update(code="a-guess"),
        lambda answer: answer.update(state=""),
        lambda answer: answer.update(state="x" * 43),
        lambda answer: answer.update(state="å"),
        lambda answer: answer.update(iss="https://another.example"),
        lambda answer: answer.update(error="access_denied"),
    ],
)
async def test_a_changed_answer_is_refused(
    anna: Browser, change: Callable[[dict[str, str]], None]
) -> None:
    anna.provider.change_answer = change
    await refused(anna, await anna.sign_in())


async def test_a_parameter_that_is_there_twice_is_refused(anna: Browser) -> None:
    back = await anna.leave()
    await refused(anna, await anna.open(f"{back}&code=another"))


async def test_a_provider_that_says_it_names_itself_has_to(anna: Browser) -> None:
    def names_itself(metadata: Claims) -> None:
        metadata["authorization_response_iss_parameter_supported"] = True

    anna.provider.change_metadata = names_itself
    await refused(anna, await anna.sign_in())
    issuer = anna.provider.issuer
    anna.provider.change_answer = lambda answer: answer.update(iss=issuer)
    assert (await anna.sign_in()).status_code == 303


# What the ID token says.


def without(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name)


def with_(**claims: Any) -> Callable[[Claims], None]:
    return lambda found: found.update(claims)


def moved(**seconds: int) -> Callable[[Claims], None]:
    start = int(NOW.timestamp())
    return with_(**{name: start + by for name, by in seconds.items()})


@pytest.mark.parametrize(
    "change",
    [
        *[without(name) for name in ("iss", "aud", "sub", "exp", "iat", "nonce")],
        with_(iss="https://another.example"),
        with_(iss="http://127.0.0.1"),
        with_(aud="another-client"),
        with_(aud=[]),
        with_(aud=["another-client"]),
        with_(aud=[CLIENT_ID, "another-client"]),
        with_(aud=[CLIENT_ID, "another-client"], azp="another-client"),
        with_(azp="another-client"),
        with_(nonce="x" * 43),
        with_(nonce=""),
        with_(nonce=None),
        with_(sub=7),
        with_(sub=""),
        with_(exp="tomorrow"),
        moved(iat=-400, exp=-61),
        moved(iat=61),
        moved(nbf=61),
    ],
)
async def test_a_claim_that_is_wrong_is_refused(
    anna: Browser, change: Callable[[Claims], None]
) -> None:
    anna.provider.change_claims = change
    await refused(anna, await anna.sign_in())
    assert await anna.staff() == []


@pytest.mark.parametrize(
    "change",
    [
        with_(aud=[CLIENT_ID]),
        with_(aud=[CLIENT_ID, "another-client"], azp=CLIENT_ID),
        moved(iat=-400, exp=-59),
        moved(iat=59, nbf=59),
    ],
)
async def test_a_claim_that_is_right_is_taken(
    anna: Browser, change: Callable[[Claims], None]
) -> None:
    anna.provider.change_claims = change
    assert (await anna.sign_in()).status_code == 303


# How the ID token is signed.


def part(value: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(token: str) -> str:
    return f"{part({'alg': 'none'})}.{token.split('.')[1]}."


def changed(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{part({**claims, 'roles': ['umea:admin']})}.{signature}"


@pytest.mark.parametrize(
    "change",
    [
        unsigned,
        changed,
        lambda token: unsigned(token).replace(part({"alg": "none"}), part({"alg": "None"})),
        lambda token: token[:-8],
        lambda token: token.rpartition(".")[0] + ".",
        lambda token: "",
        lambda token: "a.b",
        lambda token: "a.b.c",
        lambda token: token + ".e.f",
    ],
)
async def test_a_token_that_nobody_signed_is_refused(
    anna: Browser, change: Callable[[str], str]
) -> None:
    anna.provider.change_token = change
    await refused(anna, await anna.sign_in())


async def test_a_token_signed_with_another_key_is_refused(anna: Browser) -> None:
    anna.provider.key = RSAKey.generate_key(2048, {"kid": "first"})
    await refused(anna, await anna.sign_in())


@pytest.mark.parametrize("kept", ["secret", "public"])
async def test_a_token_signed_with_what_everybody_knows_is_refused(
    anna: Browser, kept: str
) -> None:
    """HS256 with the public key as the secret, or with the client's: not only the provider's."""
    public = anna.provider.key.as_pem(private=False)  # type: ignore[union-attr]
    secret = {"secret": CLIENT_SECRET.encode(), "public": public}[kept]

    def forged(token: str) -> str:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=="))
        key = OctKey.import_key(base64.urlsafe_b64encode(secret).decode())
        header = {"alg": "HS256", "kid": "first"}
        return jwt.encode(header, claims, key, algorithms=["HS256"])

    anna.provider.change_token = forged
    await refused(anna, await anna.sign_in())


async def test_a_token_may_not_bring_its_own_key(anna: Browser) -> None:
    own = RSAKey.generate_key(2048, {"kid": "own"})

    def with_its_key(token: str) -> str:
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        header = {"alg": "RS256", "kid": "own", "jwk": own.as_dict(private=False)}
        return jwt.encode(header, claims, own)

    anna.provider.change_token = with_its_key
    await refused(anna, await anna.sign_in())


async def test_what_the_provider_does_not_sign_with_is_refused(anna: Browser) -> None:
    def only_curves(metadata: Claims) -> None:
        metadata["id_token_signing_alg_values_supported"] = ["ES256", "none", "HS256"]

    anna.provider.change_metadata = only_curves
    await refused(anna, await anna.sign_in())
    anna.provider.change_token = unsigned
    await refused(anna, await anna.sign_in())


@pytest.mark.parametrize("curve", [False, True])
async def test_new_keys_are_fetched_when_they_are_needed(anna: Browser, curve: bool) -> None:
    await anna.sign_in()
    anna.provider.new_key(curve=curve)
    anna.now = NOW + 2 * MINUTE
    anna.provider.now = lambda: anna.now
    assert (await anna.sign_in()).status_code == 303
    assert anna.provider.asked.count("/keys") == 2
    await anna.sign_in()
    assert anna.provider.asked.count("/keys") == 2


async def test_unknown_keys_are_not_asked_for_without_end(anna: Browser) -> None:
    anna.provider.key = RSAKey.generate_key(2048, {"kid": "nobody-knows"})
    for _ in range(3):
        await refused(anna, await anna.sign_in())
    assert anna.provider.asked.count("/keys") == 1


async def test_what_the_provider_tells_of_itself_is_kept_for_an_hour(anna: Browser) -> None:
    discovery = "/.well-known/openid-configuration"
    for minutes, times in ((0, 1), (59, 1), (60, 2)):
        anna.now = NOW + minutes * MINUTE
        anna.provider.now = lambda: anna.now
        await anna.sign_in()
        assert anna.provider.asked.count(discovery) == times


# A provider that is away, or not what it should be.


async def test_a_provider_that_is_away_leaves_another_way_in(anna: Browser) -> None:
    anna.provider.away = True
    response = await anna.open("/desk/oidc")
    await refused(anna, response, AWAY)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "30"


async def test_a_provider_that_goes_away_meanwhile(anna: Browser) -> None:
    back = await anna.leave()
    anna.provider.away = True
    await refused(anna, await anna.open(back), AWAY)
    anna.provider.away = False
    assert (await anna.sign_in()).status_code == 303


async def test_nobody_at_the_providers_address(serve: Open) -> None:
    oidc = OidcSettings(issuer="http://127.0.0.1:1", client_id="x", name="Umeås inloggning")
    async with serve(desk=DeskSettings(oidc=oidc), public_url=LOCAL) as http:
        assert AWAY in (await http.get("/desk/oidc")).text


@pytest.mark.parametrize(
    "change",
    [
        with_(issuer="https://another.example"),
        without("issuer"),
        without("authorization_endpoint"),
        with_(authorization_endpoint="javascript:alert(1)"),
        with_(authorization_endpoint=7),
    ],
)
async def test_a_provider_that_tells_nonsense_is_as_good_as_away(
    anna: Browser, change: Callable[[Claims], None]
) -> None:
    anna.provider.change_metadata = change
    await refused(anna, await anna.open("/desk/oidc"), AWAY)


@pytest.mark.parametrize("change", [without("jwks_uri"), without("token_endpoint")])
async def test_a_provider_that_does_not_tell_all_is_as_good_as_away(
    anna: Browser, change: Callable[[Claims], None]
) -> None:
    anna.provider.change_metadata = change
    await refused(anna, await anna.sign_in(), AWAY)


async def test_keys_that_can_not_be_read_are_as_good_as_none(anna: Browser) -> None:
    anna.provider.published = []
    await refused(anna, await anna.sign_in(), AWAY)


@pytest.mark.parametrize(
    "methods", [["client_secret_post"], ["client_secret_basic", "client_secret_post"], None]
)
async def test_we_say_who_we_are_as_the_provider_wants_it(
    anna: Browser, methods: list[str] | None
) -> None:
    anna.provider.change_metadata = with_(token_endpoint_auth_methods_supported=methods)
    assert (await anna.sign_in()).status_code == 303


async def test_a_wrong_secret_lets_nobody_in(serve: Open, provider: OidcProvider) -> None:
    provider.now = lambda: NOW
    async with serve(desk=settings(provider, client_secret="wrong"), public_url=LOCAL) as http:
        browser = Browser(http, provider)
        await refused(browser, await browser.sign_in())


async def test_roles_may_stand_further_in(serve: Open, provider: OidcProvider) -> None:
    provider.now = lambda: NOW
    provider.person = {"sub": "1", "realm_access": {"roles": ["umea:admin", "offline_access"]}}
    async with serve(
        desk=settings(provider, roles_claim="realm_access.roles"), public_url=LOCAL
    ) as http:
        browser = Browser(http, provider)
        await browser.sign_in()
        (staff,) = await browser.staff()
    assert staff.roles == {"umea": {"admin"}}


async def test_nothing_of_the_sign_in_is_logged(
    anna: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await anna.sign_in()
    anna.provider.change_claims = with_(aud="another-client")
    await anna.sign_in()
    reasons = [r.fields["kind"] for r in caplog.records if r.message == "provider_refused"]  # type: ignore[attr-defined]
    assert reasons == ["aud"]
    ours = [r for r in caplog.records if r.name.startswith("api")]
    told = " ".join(f"{r.getMessage()} {r.__dict__.get('fields')}" for r in ours)
    for secret in (*anna.provider.tokens, CLIENT_SECRET, "Anna", "1234", "code="):
        assert secret not in told

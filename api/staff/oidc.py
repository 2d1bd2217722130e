"""Sign-in through an OpenID Connect provider: the authorization code flow with PKCE.

An answer is believed only when it fits a sign-in that this browser began (state), comes from the
provider that was asked (issuer), was made for us (audience) and for this sign-in (nonce), is
signed with one of the provider's own keys, and is not too old. All methods block: call them in a
thread.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.settings_desk import OidcSettings
from api.staff.provider import TIMEOUT, ProviderAway, ProviderInfo, SignInRefused
from api.storage.staff import SignIn

SCOPE = "openid profile"
SKEW_SECONDS = 60
"""So much may the provider's clock differ from ours."""

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Signatures with a key that only the provider has: not ``none``, and none with a shared secret."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser is to go, and what its return has to fit."""

    address: str
    state: str
    sign_in: SignIn


class Provider:
    """The provider of the settings; one object for the whole process."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._info = ProviderInfo(settings.issuer)

    def begin(self, redirect_uri: str, now: datetime) -> Begun:
        """Begin a sign-in; raise ProviderAway."""
        sign_in = SignIn(nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))
        with self._session(redirect_uri, now) as session:
            address, state = session.create_authorization_url(
                self._info.endpoint("authorization_endpoint", now),
                state=secrets.token_urlsafe(32),
                code_verifier=sign_in.verifier,
                nonce=sign_in.nonce,
            )
        return Begun(address, state, sign_in)

    def finish(
        self, answer: Mapping[str, str], sign_in: SignIn, redirect_uri: str, now: datetime
    ) -> Mapping[str, Any]:
        """The claims of who has signed in; raise SignInRefused or ProviderAway.

        ``answer`` is what the browser brought back; its state has been checked.
        """
        self._check_sender(answer, now)
        if "error" in answer or not answer.get("code"):
            raise SignInRefused("stopped" if "error" in answer else "no_code")
        token = self._id_token(answer["code"], sign_in, redirect_uri, now)
        return self._checked(token, sign_in, now)

    def _check_sender(self, answer: Mapping[str, str], now: datetime) -> None:
        """Providers that name themselves (RFC 9207) can't be mixed up with others."""
        metadata = self._info.metadata(now)
        sender = answer.get("iss")
        told = metadata.get("authorization_response_iss_parameter_supported") is True
        if (sender is None and told) or (sender is not None and sender != metadata["issuer"]):
            raise SignInRefused("issuer")

    def _id_token(self, code: str, sign_in: SignIn, redirect_uri: str, now: datetime) -> str:
        with self._session(redirect_uri, now) as session:
            try:
                answer = session.fetch_token(
                    self._info.endpoint("token_endpoint", now),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=sign_in.verifier,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                raise ProviderAway("token") from error
            except (AuthlibBaseError, ValueError) as error:
                raise SignInRefused("code") from error
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SignInRefused("no_id_token")
        return token

    def _checked(self, token: str, sign_in: SignIn, now: datetime) -> Mapping[str, Any]:
        decoded = self._decoded(token, now)
        required = {
            "iss": {"essential": True, "value": self._info.metadata(now)["issuer"]},
            "aud": {"essential": True, "value": self._settings.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        params = {"nonce": sign_in.nonce, "client_id": self._settings.client_id}
        claims = CodeIDToken(decoded.claims, decoded.header, required, params)
        try:
            claims.validate(now=int(now.timestamp()), leeway=SKEW_SECONDS)
        except (JoseError, TypeError) as error:
            raise SignInRefused(_reason(error)) from error
        return dict(claims)

    def _decoded(self, token: str, now: datetime) -> jwt.Token:
        """The token, when a key of the provider has signed it. Unknown keys are asked for anew."""
        try:
            return self._verified(token, self._info.keys(now), now)
        except SignInRefused:
            newer = self._info.newer_keys(now)
            if newer is None:
                raise
        return self._verified(token, newer, now)

    def _verified(self, token: str, keys: KeySet, now: datetime) -> jwt.Token:
        told = self._info.metadata(now).get("id_token_signing_alg_values_supported")
        allowed = ALGORITHMS.intersection(told) if isinstance(told, list) else ALGORITHMS
        try:
            decoded = jwt.decode(token, keys, algorithms=sorted(allowed))
        except (JoseError, ValueError, TypeError, AttributeError) as error:
            raise SignInRefused("signature") from error
        if not isinstance(decoded.claims, dict):
            raise SignInRefused("signature")
        return decoded

    def _session(self, redirect_uri: str, now: datetime) -> OAuth2Session:
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret or None,
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method=self._method(now),
        )

    def _method(self, now: datetime) -> str:
        """How we tell the provider who we are: as it wants it, by default in a header."""
        if not self._settings.client_secret:
            return "none"
        told = self._info.metadata(now).get("token_endpoint_auth_methods_supported")
        methods = told if isinstance(told, list) else []
        posts = "client_secret_post" in methods and "client_secret_basic" not in methods
        return "client_secret_post" if posts else "client_secret_basic"


def _reason(error: Exception) -> str:
    """Which claim was wrong, for the log: names, no values."""
    claim = getattr(error, "claim", None)
    return claim if isinstance(claim, str) and claim.isidentifier() else type(error).__name__

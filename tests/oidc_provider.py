"""An OpenID Connect provider for tests: real HTTP on this machine, real signatures.

It lets in at once whoever ``person`` is. What a test changes in it makes it misbehave.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeyParameters, RSAKey

CLIENT_ID, CLIENT_SECRET = "medborgarlotsen", "the-secret-of-the-client"

Claims = dict[str, Any]


class OidcProvider:
    """What it answers. The server below asks it."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.person: Claims = {"sub": "1234", "name": "Anna Ek", "roles": ["umea:agent"]}
        self.key: Key = _first_key()
        self.published: list[Key] = [self.key]
        self.algorithm = "RS256"
        self.away = False
        self.now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
        self.change_claims: Callable[[Claims], None] = lambda claims: None
        self.change_metadata: Callable[[Claims], None] = lambda metadata: None
        self.change_answer: Callable[[dict[str, str]], None] = lambda answer: None
        self.change_token: Callable[[str], str] = lambda token: token
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.tokens: list[str] = []
        """The ID tokens that it has given, newest last."""

    def new_key(self, kid: str = "second", *, curve: bool = False) -> None:
        """Sign with another key from now on, and publish that one only."""
        named: KeyParameters = {"kid": kid}
        made: Key = (
            ECKey.generate_key("P-256", named) if curve else RSAKey.generate_key(2048, named)
        )
        self.key, self.published = made, [made]
        self.algorithm = "ES256" if curve else "RS256"

    def metadata(self) -> Claims:
        """What it tells of itself."""
        told: Claims = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }
        self.change_metadata(told)
        return told

    def keys(self) -> Claims:
        """Its public keys."""
        return {"keys": [key.as_dict(private=False) for key in self.published]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["response_type"] == "code", asked
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        assert len(asked["state"]) > 40 and len(asked["nonce"]) > 40
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"]}
        self.change_answer(answer)
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """The answer to a code, which is good once."""
        if not _is_client(sent, authorization):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or sent.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        token = self.change_token(self.id_token(asked["nonce"]))
        self.tokens.append(token)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def id_token(self, nonce: str) -> str:
        """Who signed in, signed."""
        moment = int(self.now().timestamp())
        claims: Claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + 300,
            "nonce": nonce, **self.person,
        }  # fmt: skip
        self.change_claims(claims)
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])


@cache
def _first_key() -> RSAKey:
    """Made once, since making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": "first"})


def _is_client(sent: dict[str, str], authorization: str) -> bool:
    if sent.get("client_id") == CLIENT_ID and sent.get("client_secret") == CLIENT_SECRET:
        return True
    kind, _, encoded = authorization.partition(" ")
    return kind == "Basic" and base64.b64decode(encoded).decode() == f"{CLIENT_ID}:{CLIENT_SECRET}"


class _Handler(BaseHTTPRequestHandler):
    """HTTP around the provider."""

    provider: OidcProvider

    def do_GET(self) -> None:
        """Discovery, keys, and the page where one signs in."""
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        if self.provider.away:
            self._send(503, {})
        elif parts.path == "/.well-known/openid-configuration":
            self._send(200, self.provider.metadata())
        elif parts.path == "/keys":
            self._send(200, self.provider.keys())
        else:
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(dict(parse_qsl(parts.query))))
            self.send_header("Content-Length", "0")
            self.end_headers()

    def do_POST(self) -> None:
        """The token endpoint."""
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.provider.away:
            self._send(503, {})
            return
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        self._send(*self.provider.token(sent, self.headers.get("Authorization", "")))

    def log_message(self, *rest: object) -> None:
        """Nothing."""

    def _send(self, status: int, body: Claims) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running_provider() -> Iterator[OidcProvider]:
    """Start one on a free port, and stop it afterwards."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider = OidcProvider(f"http://127.0.0.1:{server.server_port}")
    handler.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Cognito: a refreshed session is the same session, and signing out ends it.

Three things that MiniStack does otherwise, all in a user's favour or against it:

- A refreshed access token carries no groups, so its holder would lose every role.
- Its `auth_time` is that of the refresh, so nobody would ever be asked to sign in again
  before something grave. At AWS it stays when the user proved who they are.
- There is no `/oauth2/revoke`, with which the application ends a session.
"""

import json
from typing import Any
from urllib.parse import parse_qs

import ministack.app as server
from ministack.services import cognito

from local.cloud.gaps import need
from local.cloud.gaps.clock import Application, Message, Receive, Send, body_of
from local.cloud.settings import Settings

REVOKE = "/oauth2/revoke"
_REFRESH = "TokenGeneration_RefreshTokens"
_signed_in_at: dict[str, int] = {}
"""When each session began, by `origin_jti`. Forgotten on a restart: long ago, then."""


def close(_: Settings) -> None:
    """Let a session keep its groups and its beginning, and let it be ended."""
    need(cognito, "_fake_token", "_signed_jwt", "_revoke_token", "_token_claims")
    need(cognito, "_get_pool_unscoped")
    need(server, "app")
    make, sign = cognito._fake_token, cognito._signed_jwt

    def make_of_session(sub: str, pool_id: str, *given: Any, **named: Any) -> str:
        if named.get("trigger_source") == _REFRESH:
            _signed_in_at.setdefault(named.get("origin_jti", ""), 0)
            named["groups"] = _groups(pool_id, named.get("username", ""))
        token: str = make(sub, pool_id, *given, **named)
        return token

    def sign_of_session(claims: dict[str, Any], *given: Any) -> str:
        if "auth_time" in claims:
            began = _signed_in_at.setdefault(claims["origin_jti"], claims["auth_time"])
            claims = {**claims, "auth_time": began}
        token: str = sign(claims, *given)
        return token

    cognito._fake_token = make_of_session
    cognito._signed_jwt = sign_of_session
    server.app = _revoking(server.app)


def _groups(pool_id: str, username: str) -> list[str]:
    pool = cognito._get_pool_unscoped(pool_id) or {}
    user = (pool.get("_users") or {}).get(username) or {}
    return list(user.get("_groups", []))


def _revoking(inner: Application) -> Application:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["path"], scope["method"]) != (
            REVOKE,
            "POST",
        ):
            await inner(scope, receive, send)
            return
        form = parse_qs((await body_of(receive)).decode(errors="replace"))
        status, answer = _revoke(form.get("token", [""])[0])
        headers = [
            (b"content-type", b"application/json"),
            (b"access-control-allow-origin", b"*"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app


def _revoke(token: str) -> tuple[int, bytes]:
    claims = cognito._token_claims(token)
    if claims.get("token_use") != "refresh":
        return 400, json.dumps({"error": "unsupported_token_type"}).encode()
    cognito._revoke_token({"Token": token})
    return 200, b""

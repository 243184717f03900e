"""What the authorizer of an API lets through: sixteen forgeries, and nothing else."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from local.client import LocalCloud
from local.sign_in import Account, Tokens, outputs_of, sign_in, totp
from tests.local.signing_in import (
    EMAIL,
    PASSWORD,
    asked,
    fetch,
    make_user,
    part,
    read,
    signing_cloud,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the emulator keeps its files, the keys of its pools too."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def cloud(folder: Path) -> Iterator[LocalCloud]:
    with signing_cloud(folder) as cloud:
        yield cloud


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> Account:
    account = make_user(cloud, EMAIL)
    sign_in(cloud, account)
    return account


@pytest.fixture(scope="module")
def tokens(cloud: LocalCloud, editor: Account) -> Tokens:
    return sign_in(cloud, editor)


class Forger:
    """Makes tokens with the very key of the pool: only what they say is wrong."""

    def __init__(self, folder: Path, pool_id: str, token: str) -> None:
        keys = folder / "services" / "cognito-pool-keys"
        pem = (keys / f"{pool_id}-access.pem").read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
        assert isinstance(key, RSAPrivateKey)
        self._key, self.token = key, token
        self.header, self.claims = read(token, 0), read(token, 1)

    def saying(self, **changed: Any) -> str:
        claims = {k: v for k, v in (self.claims | changed).items() if v is not None}
        text = f"{part(self.header)}.{part(claims)}"
        signature = self._key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{text}.{part(signature)}"

    def headed(self, **changed: Any) -> str:
        """The same claims and signature under another header."""
        _, claims, signature = self.token.split(".")
        return f"{part(self.header | changed)}.{claims}.{signature}"

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


@pytest.fixture(scope="module")
def forger(folder: Path, cloud: LocalCloud, tokens: Tokens) -> Forger:
    return Forger(folder, outputs_of(cloud)["UserPoolId"], tokens.access)


def test_an_access_token_lets_its_holder_through_with_their_roles(
    cloud: LocalCloud, tokens: Tokens
) -> None:
    status, claims = asked(cloud, "/guarded", f"Bearer {tokens.access}")
    assert status == 200
    assert claims["token_use"] == "access"
    # As at AWS: a list comes as one string, and every claim is a string.
    assert claims["cognito:groups"] == "[editor]"
    assert claims["auth_time"].isdigit()


def test_the_forgers_own_token_passes_when_it_says_nothing_wrong(
    cloud: LocalCloud, forger: Forger
) -> None:
    assert asked(cloud, "/guarded", f"Bearer {forger.saying()}")[0] == 200


def _hmac_signed(forger: Forger) -> str:
    text = f"{part(forger.header | {'alg': 'HS256'})}.{part(forger.claims)}"
    return f"{text}.{part(hmac.digest(forger.public, text.encode(), hashlib.sha256))}"


NOW = time.time()
WRONG: dict[str, Callable[[Forger], str]] = {
    "nothing after the word": lambda forger: "",
    "no token at all": lambda forger: "abc",
    "three parts of nonsense": lambda forger: "a.b.c",
    "an expired token": lambda forger: forger.saying(exp=int(NOW) - 1),
    "a token of tomorrow": lambda forger: forger.saying(nbf=int(NOW) + 86400),
    "a token of another issuer": lambda forger: forger.saying(iss="https://x.example/"),
    "a token of no issuer": lambda forger: forger.saying(iss=None),
    "a token of another client": lambda forger: forger.saying(client_id="another"),
    "a token of no client": lambda forger: forger.saying(client_id=None),
    "a tampered payload": lambda forger: ".".join(
        [
            forger.token.split(".")[0],
            part(forger.claims | {"cognito:groups": ["administrator"]}),
            forger.token.split(".")[2],
        ]
    ),
    "a tampered signature": lambda forger: ".".join(
        [*forger.token.split(".")[:2], part(b"x" * 256)]
    ),
    "no signature": lambda forger: ".".join([*forger.token.split(".")[:2], ""]),
    "algorithm none": lambda forger: (
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(forger.claims)}."
    ),
    "algorithm none under the right key's name": lambda forger: (
        f"{part(forger.header | {'alg': 'none'})}.{part(forger.claims)}."
    ),
    "signed with the public key as a secret": _hmac_signed,
    "a key of no pool": lambda forger: forger.headed(kid="unknown"),
}


@pytest.mark.parametrize("what", WRONG)
def test_nothing_else_is_let_through(
    cloud: LocalCloud, forger: Forger, what: str
) -> None:
    status, body = asked(cloud, "/guarded", f"Bearer {WRONG[what](forger)}")
    assert (status, body) == (401, {"message": "Unauthorized"})


def test_nobody_is_not_let_through(cloud: LocalCloud) -> None:
    assert asked(cloud, "/guarded", None)[0] == 401
    assert asked(cloud, "/guarded", "Basic ZWRpdG9yOnB3")[0] == 401


def test_a_token_of_another_application_of_the_pool_is_not_let_through(
    cloud: LocalCloud, editor: Account
) -> None:
    others = sign_in(cloud, editor, "Stranger")
    assert read(others.access, 1)["client_id"] == outputs_of(cloud)["StrangerClientId"]
    assert asked(cloud, "/guarded", f"Bearer {others.access}")[0] == 401


def test_a_token_of_another_pool_is_not_let_through(
    cloud: LocalCloud, folder: Path, forger: Forger
) -> None:
    found = outputs_of(cloud)
    pool_id = found["OtherPoolId"]
    _, keys = fetch(f"{cloud.endpoint}/{pool_id}/.well-known/jwks.json")
    kid = json.loads(keys)["keys"][0]["kid"]
    other = Forger(folder, pool_id, forger.headed(kid=kid))
    theirs = other.saying(
        iss=other.claims["iss"].rsplit("/", 1)[0] + f"/{pool_id}",
        client_id=found["ElsewhereClientId"],
    )
    assert asked(cloud, "/guarded", f"Bearer {theirs}")[0] == 401
    # Nor when it claims to be ours, under the other pool's signature.
    assert asked(cloud, "/guarded", f"Bearer {other.saying()}")[0] == 401


def test_an_id_token_lacks_the_scope_that_every_route_asks_for(
    cloud: LocalCloud, tokens: Tokens
) -> None:
    """Its audience is right, so a route without a scope would let it through."""
    assert asked(cloud, "/guarded", f"Bearer {tokens.id}")[0] == 403
    assert asked(cloud, "/loose", f"Bearer {tokens.id}")[0] == 200


def test_a_token_of_the_pools_own_api_lacks_that_scope_too(
    cloud: LocalCloud, editor: Account, forger: Forger
) -> None:
    """Signing in past the pages, by the pool's API, gives a token that opens nothing."""
    pools, found = cloud.client("cognito-idp"), outputs_of(cloud)
    begun = pools.admin_initiate_auth(
        UserPoolId=found["UserPoolId"],
        ClientId=found["StrangerClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": EMAIL, "PASSWORD": PASSWORD},
    )
    assert begun["ChallengeName"] == "SOFTWARE_TOKEN_MFA"

    def respond(code: str) -> Any:
        return pools.admin_respond_to_auth_challenge(
            UserPoolId=found["UserPoolId"],
            ClientId=found["StrangerClientId"],
            ChallengeName="SOFTWARE_TOKEN_MFA",
            Session=begun["Session"],
            ChallengeResponses={"USERNAME": EMAIL, "SOFTWARE_TOKEN_MFA_CODE": code},
        )

    right = totp(editor.totp_secret)
    with pytest.raises(pools.exceptions.CodeMismatchException):
        respond(f"{(int(right) + 1) % 1_000_000:06d}")
    given = respond(right)["AuthenticationResult"]["AccessToken"]
    scope = read(given, 1)["scope"]
    assert scope == "aws.cognito.signin.user.admin"
    through = forger.saying(scope=scope)
    assert asked(cloud, "/guarded", f"Bearer {through}")[0] == 403

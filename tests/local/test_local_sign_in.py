"""Signing in to the local cloud, and what its authorizer lets through, for real."""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from beeldrecht.adapters.users import Users
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import AccountStatus
from local.client import LocalCloud
from local.sign_in import (
    Account,
    SignInError,
    Tokens,
    outputs_of,
    refreshed,
    sign_in,
    totp,
)
from local.testing import private_cloud
from tests.adapters.contracts.users import UsersContract
from tests.local.stacks import Template, arn_of, function, role, table

type Claims = dict[str, Any]
PASSWORD = "a password of some length"
EMAIL = "editor@example.org"


# What is deployed -----------------------------------------------------------------------


def a_pool(**properties: Any) -> Template:
    return {
        "Type": "AWS::Cognito::UserPool",
        "Properties": {
            "UsernameAttributes": ["email"],
            "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
            "MfaConfiguration": "ON",
            "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
            "Policies": {
                "PasswordPolicy": {
                    "MinimumLength": 15,
                    **{
                        f"Require{kind}": False
                        for kind in ("Lowercase", "Numbers", "Symbols", "Uppercase")
                    },
                }
            },
            **properties,
        },
    }


def a_client(pool: str, callback: str, *flows: str) -> Template:
    return {
        "Type": "AWS::Cognito::UserPoolClient",
        "Properties": {
            "UserPoolId": {"Ref": pool},
            "GenerateSecret": False,
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email"],
            "CallbackURLs": [callback],
            "SupportedIdentityProviders": ["COGNITO"],
            "ExplicitAuthFlows": list(flows),
            "AccessTokenValidity": 15,
            "TokenValidityUnits": {"AccessToken": "minutes"},
        },
    }


def a_route(key: str, *scopes: str) -> Template:
    return {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {
            "ApiId": {"Ref": "Api"},
            "RouteKey": key,
            "Target": {"Fn::Join": ["", ["integrations/", {"Ref": "Integration"}]]},
            "AuthorizationType": "JWT",
            "AuthorizerId": {"Ref": "Authorizer"},
            "AuthorizationScopes": list(scopes),
        },
    }


SAYS_WHO = """
def handler(event, context):
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    return {"statusCode": 200, "body": json.dumps(claims)}
"""

TEMPLATE: Template = {
    "Resources": {
        "Notes": table(),
        "Role": role("lambda", []),
        "Function": function(SAYS_WHO),
        "Pool": a_pool(),
        "OtherPool": a_pool(),
        "Editors": {
            "Type": "AWS::Cognito::UserPoolGroup",
            "Properties": {"UserPoolId": {"Ref": "Pool"}, "GroupName": "editor"},
        },
        "Web": a_client("Pool", "http://localhost/web", "ALLOW_USER_AUTH"),
        "Stranger": a_client(
            "Pool", "http://localhost/stranger", "ALLOW_ADMIN_USER_PASSWORD_AUTH"
        ),
        "Elsewhere": a_client("OtherPool", "http://localhost/other"),
        "Style": {
            "Type": "AWS::Cognito::ManagedLoginBranding",
            "Properties": {
                "UserPoolId": {"Ref": "Pool"},
                "ClientId": {"Ref": "Web"},
                "UseCognitoProvidedValues": True,
            },
        },
        "Api": {
            "Type": "AWS::ApiGatewayV2::Api",
            "Properties": {"Name": "probe", "ProtocolType": "HTTP"},
        },
        "Stage": {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "StageName": "$default",
                "AutoDeploy": True,
            },
        },
        "Authorizer": {
            "Type": "AWS::ApiGatewayV2::Authorizer",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "Name": "staff",
                "AuthorizerType": "JWT",
                "IdentitySource": ["$request.header.Authorization"],
                "JwtConfiguration": {
                    "Issuer": {
                        "Fn::Sub": (
                            "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${Pool}"
                        )
                    },
                    "Audience": [{"Ref": "Web"}],
                },
            },
        },
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": arn_of("Function"),
                "PayloadFormatVersion": "2.0",
            },
        },
        "Guarded": a_route("GET /guarded", "openid"),
        "Loose": a_route("GET /loose"),
    },
    "Outputs": {
        "UserPoolId": {"Value": {"Ref": "Pool"}},
        "OtherPoolId": {"Value": {"Ref": "OtherPool"}},
        "WebClientId": {"Value": {"Ref": "Web"}},
        "StrangerClientId": {"Value": {"Ref": "Stranger"}},
        "ElsewhereClientId": {"Value": {"Ref": "Elsewhere"}},
        "ApiUrl": {"Value": arn_of("Api", "ApiEndpoint")},
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the emulator keeps its files, the keys of its pools too."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def cloud(folder: Path) -> Iterator[LocalCloud]:
    with private_cloud(folder) as private:
        # The emulator takes a request that names no account for its first one.
        cloud = LocalCloud(private.port)
        cloud.deploy_template("signing", TEMPLATE)
        yield cloud


def make_user(cloud: LocalCloud, email: str) -> Account:
    """Somebody with a password of their own, and no authenticator yet."""
    pools, pool_id = cloud.client("cognito-idp"), outputs_of(cloud)["UserPoolId"]
    pools.admin_create_user(UserPoolId=pool_id, Username=email, MessageAction="SUPPRESS")
    pools.admin_set_user_password(
        UserPoolId=pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    pools.admin_add_user_to_group(UserPoolId=pool_id, Username=email, GroupName="editor")
    return Account(email, PASSWORD)


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> Account:
    account = make_user(cloud, EMAIL)
    sign_in(cloud, account)
    return account


@pytest.fixture(scope="module")
def tokens(cloud: LocalCloud, editor: Account) -> Tokens:
    return sign_in(cloud, editor)


def asked(cloud: LocalCloud, path: str, authorization: str | None) -> tuple[int, Any]:
    """What the API answers to a request with this header."""
    api = outputs_of(cloud)["ApiUrl"].split("//")[1].split(".")[0]
    # `<api>.execute-api.localhost` does not resolve everywhere; this address does.
    address = f"{cloud.endpoint}/_aws/execute-api/{api}/$default{path}"
    headers = {"Authorization": authorization} if authorization is not None else {}
    status, body = fetch(address, headers=headers)
    return status, json.loads(body)


def fetch(address: str, **sent: Any) -> tuple[int, bytes]:
    """Send one request to this machine."""
    request = urllib.request.Request(address, **sent)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


# The authorizer -------------------------------------------------------------------------


def part(value: object) -> str:
    plain = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def read(token: str, place: int) -> Claims:
    text = token.split(".")[place]
    found: Claims = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


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


# The pages ------------------------------------------------------------------------------


def test_the_pages_ask_for_a_code_after_the_password(
    cloud: LocalCloud, editor: Account
) -> None:
    right = totp(editor.totp_secret)
    wrong = replace(
        editor, totp_secret=base64.b32encode(b"another authenticator").decode()
    )
    assert totp(wrong.totp_secret) != right
    with pytest.raises(SignInError, match="not the code"):
        sign_in(cloud, wrong)
    with pytest.raises(SignInError, match="Incorrect"):
        sign_in(cloud, replace(editor, password="another password of length"))
    assert sign_in(cloud, editor).access


def test_who_has_no_authenticator_sets_one_up_first(cloud: LocalCloud) -> None:
    account = make_user(cloud, "new@example.org")
    sign_in(cloud, account)
    first = account.totp_secret
    assert len(base64.b32decode(first)) == 20
    sign_in(cloud, account)
    assert account.totp_secret == first


def test_who_was_invited_chooses_a_password_and_an_authenticator(
    cloud: LocalCloud,
) -> None:
    pools, pool_id = cloud.client("cognito-idp"), outputs_of(cloud)["UserPoolId"]
    email = "invited@example.org"
    pools.admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": "email", "Value": email}],
    )
    [mail] = [each for each in mails(cloud) if each["To"] == [email]]
    temporary = mail["BodyText"] + (mail["BodyHtml"] or "")
    password = temporary.split()[-1].rstrip(".")
    assert len(password) >= 15
    account = Account(email, password, new_password=PASSWORD)
    assert sign_in(cloud, account).access
    assert sign_in(cloud, Account(email, PASSWORD, account.totp_secret)).access
    with pytest.raises(SignInError, match="Incorrect"):
        sign_in(cloud, account)


def mails(cloud: LocalCloud) -> list[dict[str, Any]]:
    """What went out of this account by mail, oldest first."""
    _, body = fetch(f"{cloud.endpoint}/_ministack/ses/messages")
    return list(json.loads(body)["messages"].get(cloud.account, []))


# The session ----------------------------------------------------------------------------


def test_a_refreshed_session_keeps_its_roles_and_its_beginning(
    cloud: LocalCloud, editor: Account
) -> None:
    began = sign_in(cloud, editor)
    first = read(began.access, 1)
    while int(time.time()) == first["iat"]:
        time.sleep(0.05)
    again = read(refreshed(cloud, began).access, 1)
    assert again["iat"] > first["iat"]
    assert again["cognito:groups"] == ["editor"]
    assert again["auth_time"] == first["auth_time"]
    assert read(began.id, 1)["auth_time"] == first["auth_time"]


def test_a_revoked_session_is_not_refreshed(cloud: LocalCloud, editor: Account) -> None:
    session = sign_in(cloud, editor)
    assert revoked(cloud, session.refresh) == 200
    with pytest.raises(SignInError, match="invalid_grant"):
        refreshed(cloud, session)


def test_only_a_refresh_token_can_be_revoked(cloud: LocalCloud, editor: Account) -> None:
    session = sign_in(cloud, editor)
    assert revoked(cloud, session.access) == 400
    assert refreshed(cloud, session).access


def revoked(cloud: LocalCloud, token: str) -> int:
    data = f"token={token}&client_id={outputs_of(cloud)['WebClientId']}".encode()
    return fetch(f"{cloud.endpoint}/oauth2/revoke", data=data)[0]


# The adapter ----------------------------------------------------------------------------


class PoolOfTests(Users):
    """The adapter over a pool of its own, and the mail that the emulator kept."""

    def __init__(self, cloud: LocalCloud) -> None:
        self._cloud = cloud
        self._before = len(mails(cloud))
        pools = cloud.client("cognito-idp")
        self.pool_id = pools.create_user_pool(
            PoolName="contract",
            UsernameAttributes=["email"],
            UsernameConfiguration={"CaseSensitive": False},
            Schema=[{"Name": "invitation", "AttributeDataType": "String"}],
        )["UserPool"]["Id"]
        for each in Role:
            pools.create_group(UserPoolId=self.pool_id, GroupName=each)
        super().__init__(pools, self.pool_id)

    def mail(self) -> Sequence[str]:
        return [each["To"][0] for each in mails(self._cloud)[self._before :]]


class TestUsers(UsersContract):
    @pytest.fixture
    def accounts(self, cloud: LocalCloud) -> PoolOfTests:
        return PoolOfTests(cloud)

    def test_who_comes_from_a_directory_has_another_name_than_their_identifier(
        self, cloud: LocalCloud
    ) -> None:
        pools = cloud.client("cognito-idp")
        pool_id = pools.create_user_pool(PoolName="named")["UserPool"]["Id"]
        pools.create_group(UserPoolId=pool_id, GroupName="editor")
        # The pool makes a group of its own for everybody from a directory.
        pools.create_group(UserPoolId=pool_id, GroupName=f"{pool_id}_Directory")
        made = pools.admin_create_user(
            UserPoolId=pool_id, Username="Directory_someone", MessageAction="SUPPRESS"
        )["User"]
        [sub] = [a["Value"] for a in made["Attributes"] if a["Name"] == "sub"]
        pools.admin_add_user_to_group(
            UserPoolId=pool_id,
            Username="Directory_someone",
            GroupName=f"{pool_id}_Directory",
        )
        users = Users(pools, pool_id)
        user_id = sub.replace("-", "")
        users.appoint(user_id, frozenset({Role.EDITOR}))
        assert users.find(user_id).roles == {Role.EDITOR}
        users.disable(user_id)
        assert users.find(user_id).status is AccountStatus.DISABLED

"""A pool, its applications and a guarded API of their own, for the probes of sign-in."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local.client import LocalCloud
from local.sign_in import Account, outputs_of
from local.testing import private_cloud
from tests.local.stacks import Template, arn_of, function, role, table

type Claims = dict[str, Any]
PASSWORD = "a password of some length"
EMAIL = "editor@example.org"


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


@contextmanager
def signing_cloud(folder: Path) -> Iterator[LocalCloud]:
    """An emulator with its files in `folder`, to which all that is deployed."""
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


def mails(cloud: LocalCloud) -> list[dict[str, Any]]:
    """What went out of this account by mail, oldest first."""
    _, body = fetch(f"{cloud.endpoint}/_ministack/ses/messages")
    return list(json.loads(body)["messages"].get(cloud.account, []))


def part(value: object) -> str:
    plain = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def read(token: str, place: int) -> Claims:
    text = token.split(".")[place]
    found: Claims = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found

"""The organisation's own directory as a way to sign in: SAML or OpenID Connect.

`-c directory=saml:<address of the metadata>` or
`-c directory='oidc:<issuer>|<client id>|<name of the secret in Secrets Manager>'`.
Who comes from the directory has no role until an administrator gives one.
"""

import re
from dataclasses import dataclass

from aws_cdk import aws_cognito as cognito
from constructs import Construct

DIRECTORY = "Directory"
"""The provider's name in the pool; it begins the user names of those it brings."""

_SAML_EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
_ADDRESS = re.compile(r"https://[^\s|]+")
_WORD = re.compile(r"[\w./+=@:-]{1,256}")


class DirectoryError(ValueError):
    """The context names a directory in no way that this understands."""


@dataclass(frozen=True, slots=True)
class Saml:
    """A directory that publishes its metadata."""

    metadata: str


@dataclass(frozen=True, slots=True)
class Oidc:
    """A directory that issues tokens; the secret is read at deployment, never here."""

    issuer: str
    client_id: str
    secret: str


type NamedDirectory = Saml | Oidc


def named_directory(text: str) -> NamedDirectory | None:
    """Read the context `directory`; None when it is empty. Raises DirectoryError."""
    kind, _, rest = text.partition(":")
    match kind, rest.split("|"):
        case "", [""]:
            return None
        case "saml", [metadata] if _ADDRESS.fullmatch(metadata):
            return Saml(metadata)
        case "oidc", [issuer, client_id, secret] if (
            _ADDRESS.fullmatch(issuer)
            and _WORD.fullmatch(client_id)
            and _WORD.fullmatch(secret)
        ):
            return Oidc(issuer.rstrip("/"), client_id, secret)
    raise DirectoryError(
        "use saml:<https address of the metadata> or "
        "oidc:<https issuer>|<client id>|<name of the secret in Secrets Manager>"
    )


class Directory(Construct):
    """The identity provider, which hands on an address and nothing else.

    The address it lies at is the organisation's choice and often outside AWS: staff are
    sent there in order to sign in, and no picture ever is (cdk/checks/region.py).
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        pool: cognito.CfnUserPool,
        named: NamedDirectory,
    ) -> None:
        super().__init__(scope, name)
        match named:
            case Saml(metadata):
                kind, email = "SAML", _SAML_EMAIL
                details = {
                    "MetadataURL": metadata,
                    "IDPSignout": "true",
                    "RequestSigningAlgorithm": "rsa-sha256",
                    # Unasked answers could be somebody else's (SAML login forgery).
                    "IDPInit": "false",
                }
            case Oidc(issuer, client_id, secret):
                kind, email = "OIDC", "email"
                details = {
                    "oidc_issuer": issuer,
                    "client_id": client_id,
                    "client_secret": f"{{{{resolve:secretsmanager:{secret}}}}}",
                    "authorize_scopes": "openid email",
                    "attributes_request_method": "GET",
                }
        provider = cognito.CfnUserPoolIdentityProvider(
            self,
            "Provider",
            user_pool_id=pool.ref,
            provider_name=DIRECTORY,
            provider_type=kind,
            provider_details=details,
            attribute_mapping={"email": email},
        )
        provider.override_logical_id("SignInDirectory")

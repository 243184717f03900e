"""Who may sign in, and how: the user pool, its sign-in pages, and the two applications.

The pool lives with the stores, since people would lose their accounts with it. The
applications live with the API, whose address they return to (ADR 0010).
"""

from collections.abc import Mapping

from aws_cdk import Aws, CfnDeletionPolicy, Fn
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from cdk.constructs.directory import DIRECTORY, Directory
from cdk.constructs.functions import Setting
from cdk.constructs.grants import Grantee, waive
from cdk.deployment import Deployment

ROLES: Mapping[str, str] = {
    "viewer": "Sees and uses released pictures.",
    "contributor": "Uploads pictures and follows them.",
    "editor": "Names people, releases pictures, keeps collections.",
    "privacy_officer": "Reads everything, the audit too, and switches recognition.",
    "administrator": "Administers users and settings; sees no pictures.",
    "recogniser": "May run and see recognition, beside another role.",
}
"""The groups: the roles of the domain, which a test holds against this table."""

SCOPES = ("openid", "email")
"""All that the applications ask for. An access token without `openid` opens no route."""

CLI_CALLBACK = "http://localhost:8765/callback"
"""Where the command line listens while somebody signs in; see RFC 8252, 7.3."""

_PASSWORD_LENGTH = 15
_ACCESS_MINUTES = 15
_REFRESH_HOURS = 12


class UserPool(Construct):
    """The accounts of the staff; made by an administrator, never by oneself."""

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        prefix = _domain_prefix()
        checked = deployment.compromised_passwords
        self.pool = cognito.CfnUserPool(
            self,
            "Pool",
            # Who signs in does so with an address; the pool's own name for them is an
            # identifier that says nothing.
            username_attributes=["email"],
            username_configuration=cognito.CfnUserPool.UsernameConfigurationProperty(
                case_sensitive=False
            ),
            # What a repeated invitation is known by; nobody can change it afterwards.
            schema=[
                cognito.CfnUserPool.SchemaAttributeProperty(
                    name="invitation",
                    attribute_data_type="String",
                    mutable=False,
                    string_attribute_constraints=(
                        cognito.CfnUserPool.StringAttributeConstraintsProperty(
                            min_length="32", max_length="32"
                        )
                    ),
                )
            ],
            auto_verified_attributes=["email"],
            user_attribute_update_settings=(
                cognito.CfnUserPool.UserAttributeUpdateSettingsProperty(
                    attributes_require_verification_before_update=["email"]
                )
            ),
            admin_create_user_config=_invitation(),
            account_recovery_setting=(
                cognito.CfnUserPool.AccountRecoverySettingProperty(
                    recovery_mechanisms=[
                        cognito.CfnUserPool.RecoveryOptionProperty(
                            name="verified_email", priority=1
                        )
                    ]
                )
            ),
            policies=_policies(),
            # Pictures are personal data and every role may see some of them, so there is
            # nobody without a second factor. A passkey that verifies its holder counts
            # as both factors, which Cognito asks for by name before it lets a pool with
            # MFA offer passkeys at all.
            mfa_configuration="ON",
            enabled_mfas=["SOFTWARE_TOKEN_MFA"],
            web_authn_relying_party_id=_host(prefix),
            web_authn_user_verification="required",
            web_authn_factor_configuration="MULTI_FACTOR_WITH_USER_VERIFICATION",
            user_pool_tier="PLUS" if checked else "ESSENTIALS",
            user_pool_add_ons=(
                cognito.CfnUserPool.UserPoolAddOnsProperty(
                    advanced_security_mode="ENFORCED"
                )
                if checked
                else None
            ),
            deletion_protection="ACTIVE" if deployment.keeps_data else "INACTIVE",
        )
        self.pool.override_logical_id(name)
        kept = (
            CfnDeletionPolicy.RETAIN
            if deployment.keeps_data
            else CfnDeletionPolicy.DELETE
        )
        self.pool.cfn_options.deletion_policy = kept
        self.pool.cfn_options.update_replace_policy = kept
        self._waivers(checked=checked)
        if checked:
            self._refuse_known_passwords()
        self._domain = cognito.CfnUserPoolDomain(
            self,
            "Domain",
            user_pool_id=self.pool.ref,
            domain=prefix,
            managed_login_version=2,  # the one that knows passkeys
        )
        self._domain.override_logical_id("SignInDomain")
        for role, means in ROLES.items():
            cognito.CfnUserPoolGroup(
                self,
                role,
                user_pool_id=self.pool.ref,
                group_name=role,
                description=means,
            )
        self.directory = (
            Directory(self, "Directory", pool=self.pool, named=deployment.directory)
            if deployment.directory
            else None
        )

    @property
    def sign_in_host(self) -> str:
        """The host of the sign-in pages, in the Region, behind no edge of ours."""
        # The domain's own name: what it was made from is another stack's id elsewhere.
        return _host(self._domain.ref)

    @property
    def issuer(self) -> str:
        """Who signs the tokens, as they say it themselves."""
        host = Fn.join(".", ["cognito-idp", Aws.REGION, Aws.URL_SUFFIX])
        return f"https://{host}/{self.pool.ref}"

    @property
    def settings(self) -> Mapping[Setting, str]:
        """What functions may be told of the pool."""
        return {
            Setting.USER_POOL_ID: self.pool.ref,
            Setting.ISSUER: self.issuer,
            Setting.SIGN_IN_URL: f"https://{self.sign_in_host}",
        }

    @property
    def outputs(self) -> Mapping[str, str]:
        """Where people sign in."""
        return {
            "SignInUrl": f"https://{self.sign_in_host}",
            "UserPoolId": self.pool.ref,
        }

    def grant_administer(self, grantee: Grantee) -> None:
        """Let a function list, invite, appoint, disable and enable users of this pool.

        It cannot read or set a password or a second factor, delete anybody, or change
        the pool: whoever holds this role still cannot sign in as somebody else.
        """
        grantee.allow(
            "AdministerUsers",
            [
                "cognito-idp:AdminAddUserToGroup",
                "cognito-idp:AdminCreateUser",
                "cognito-idp:AdminDisableUser",
                "cognito-idp:AdminEnableUser",
                "cognito-idp:AdminListGroupsForUser",
                "cognito-idp:AdminRemoveUserFromGroup",
                "cognito-idp:AdminUserGlobalSignOut",
                "cognito-idp:ListUsers",
            ],
            [self.pool.attr_arn],
        )

    def grant_find(self, grantee: Grantee) -> None:
        """Let a function find one user's address, to write to them."""
        grantee.allow(
            "FindUsers",
            ["cognito-idp:AdminListGroupsForUser", "cognito-idp:ListUsers"],
            [self.pool.attr_arn],
        )

    def _refuse_known_passwords(self) -> None:
        """Have Cognito refuse passwords that are known from breaches, and do no more.

        Adaptive sign-in, which weighs where people are, stays off: MFA is asked of
        everybody anyway, and it would keep addresses and devices of the staff.
        """
        actions = cognito.CfnUserPoolRiskConfigurationAttachment
        cognito.CfnUserPoolRiskConfigurationAttachment(
            self,
            "KnownPasswords",
            user_pool_id=self.pool.ref,
            client_id="ALL",
            compromised_credentials_risk_configuration=(
                actions.CompromisedCredentialsRiskConfigurationTypeProperty(
                    actions=actions.CompromisedCredentialsActionsTypeProperty(
                        event_action="BLOCK"
                    ),
                    event_filter=["SIGN_IN", "PASSWORD_CHANGE"],
                )
            ),
        )

    def _waivers(self, *, checked: bool) -> None:
        waive(
            self.pool,
            "AwsSolutions-COG1",
            "Rules of composition make passwords guessable, not strong (NIST SP 800-63B "
            f"5.1.1): {_PASSWORD_LENGTH} characters, no such rule, and a second factor.",
        )
        if not checked:
            waive(
                self.pool,
                "AwsSolutions-COG3",
                "Threat protection needs the Plus tier, which has no free users; "
                "-c compromised_passwords=true turns it on (ADR 0010).",
            )
            waive(
                self.pool,
                "AwsSolutions-COG8",
                "The Plus tier is a setting: -c compromised_passwords=true (ADR 0010).",
            )


class SignInClients(Construct):
    """The web application and the command line: public, code flow, no secret."""

    def __init__(
        self, scope: Construct, name: str, *, users: UserPool, address: str
    ) -> None:
        super().__init__(scope, name)
        self._users = users
        # The very address with its slash: Cognito compares whole strings.
        self.web = self._client("Web", f"{address}/", f"{address}/")
        self.cli = self._client("Cli", CLI_CALLBACK, None)

    @property
    def settings(self) -> Mapping[Setting, str]:
        """What functions may be told of the applications."""
        return {
            Setting.CLI_CLIENT_ID: self.cli.ref,
            Setting.WEB_CLIENT_ID: self.web.ref,
        }

    @property
    def outputs(self) -> Mapping[str, str]:
        """What a program needs in order to sign somebody in, beside the pool's own."""
        return {"CliClientId": self.cli.ref, "WebClientId": self.web.ref}

    def _client(
        self, name: str, callback: str, logout: str | None
    ) -> cognito.CfnUserPoolClient:
        client = cognito.CfnUserPoolClient(
            self,
            name,
            user_pool_id=self._users.pool.ref,
            client_name=name.lower(),
            generate_secret=False,
            allowed_o_auth_flows_user_pool_client=True,
            allowed_o_auth_flows=["code"],
            allowed_o_auth_scopes=list(SCOPES),
            callback_ur_ls=[callback],
            logout_ur_ls=[logout] if logout else None,
            supported_identity_providers=[
                "COGNITO",
                *([DIRECTORY] if self._users.directory else []),
            ],
            # The choice of a passkey or a password, on the sign-in pages. What the pool's
            # API would hand out for the same choice lacks `openid` and opens no route.
            explicit_auth_flows=["ALLOW_USER_AUTH"],
            prevent_user_existence_errors="ENABLED",
            enable_token_revocation=True,
            access_token_validity=_ACCESS_MINUTES,
            id_token_validity=_ACCESS_MINUTES,
            refresh_token_validity=_REFRESH_HOURS,
            token_validity_units=cognito.CfnUserPoolClient.TokenValidityUnitsProperty(
                access_token="minutes",  # noqa: S106  # a unit of time
                id_token="minutes",  # noqa: S106
                refresh_token="hours",  # noqa: S106
            ),
            refresh_token_rotation=(
                cognito.CfnUserPoolClient.RefreshTokenRotationProperty(
                    feature="ENABLED", retry_grace_period_seconds=10
                )
            ),
            read_attributes=["email", "email_verified"],
            write_attributes=["email"],
        )
        branding = cognito.CfnManagedLoginBranding(
            self,
            f"{name}Pages",
            user_pool_id=self._users.pool.ref,
            client_id=client.ref,
            use_cognito_provided_values=True,
        )
        branding.add_resource_dependency(client)
        return client


def _host(prefix: str) -> str:
    return f"{prefix}.auth.{Aws.REGION}.amazoncognito.com"


def _domain_prefix() -> str:
    """A prefix that nobody else in the Region has: a part of this stack's own id."""
    stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
    return f"beeldrecht-{Fn.select(4, Fn.split('-', stack_uuid))}"


def _policies() -> cognito.CfnUserPool.PoliciesProperty:
    return cognito.CfnUserPool.PoliciesProperty(
        password_policy=cognito.CfnUserPool.PasswordPolicyProperty(
            minimum_length=_PASSWORD_LENGTH,
            require_lowercase=False,
            require_numbers=False,
            require_symbols=False,
            require_uppercase=False,
            temporary_password_validity_days=3,
        ),
        sign_in_policy=cognito.CfnUserPool.SignInPolicyProperty(
            allowed_first_auth_factors=["PASSWORD", "WEB_AUTHN"]
        ),
    )


def _invitation() -> cognito.CfnUserPool.AdminCreateUserConfigProperty:
    return cognito.CfnUserPool.AdminCreateUserConfigProperty(
        allow_admin_create_user_only=True,
        invite_message_template=cognito.CfnUserPool.InviteMessageTemplateProperty(
            email_subject="Uitnodiging / Invitation: Beeldrecht",
            email_message=(
                "Je kunt inloggen op de beeldbank met {username} en dit tijdelijke "
                "wachtwoord, drie dagen lang: {####}<br><br>"
                "You can sign in to the picture library with {username} and this "
                "temporary password, for three days: {####}"
            ),
        ),
    )

"""Who may sign in, and how: what the emulator takes no notice of is asserted here."""

import json
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from cdk.checks.region import template_findings
from cdk.constructs.directory import DirectoryError, Oidc, Saml, named_directory
from cdk.constructs.functions import FUNCTIONS
from cdk.constructs.sign_in import CLI_CALLBACK, ROLES
from cdk.deployment import DeploymentError
from tests.infra.synthesis import Assembly, Template, app_with, stand_ins, synthesized

METADATA = "https://login.microsoftonline.com/gemeente/federationmetadata.xml"
REGION = "eu-central-1"


def pool(template: Template) -> dict[str, Any]:
    [found] = template.of_type("AWS::Cognito::UserPool").values()
    return dict(found)


def clients(assembly: Assembly) -> dict[str, dict[str, Any]]:
    found = assembly.application.of_type("AWS::Cognito::UserPoolClient")
    return {each["ClientName"]: dict(each) for each in found.values()}


def test_the_pool_is_kept_whatever_happens_to_its_stack(
    assembly: Assembly, disposable: Assembly
) -> None:
    kept = assembly.stores.resources["UserPool"]
    assert kept["DeletionPolicy"] == kept["UpdateReplacePolicy"] == "Retain"
    assert kept["Properties"]["DeletionProtection"] == "ACTIVE"
    gone = disposable.stores.resources["UserPool"]
    assert gone["DeletionPolicy"] == "Delete"
    assert gone["Properties"]["DeletionProtection"] == "INACTIVE"


def test_nobody_makes_an_account_for_themselves(assembly: Assembly) -> None:
    settings = pool(assembly.stores)
    created = settings["AdminCreateUserConfig"]
    assert created["AllowAdminCreateUserOnly"] is True
    message = created["InviteMessageTemplate"]["EmailMessage"]
    assert message.count("{username}") == message.count("{####}") == 2
    assert settings["UsernameAttributes"] == ["email"]
    assert settings["UsernameConfiguration"] == {"CaseSensitive": False}


def test_a_password_is_long_and_follows_no_recipe(assembly: Assembly) -> None:
    assert pool(assembly.stores)["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 15,
        "RequireLowercase": False,
        "RequireNumbers": False,
        "RequireSymbols": False,
        "RequireUppercase": False,
        "TemporaryPasswordValidityDays": 3,
    }


def test_everybody_has_a_second_factor_and_none_comes_by_text_message(
    assembly: Assembly,
) -> None:
    settings = pool(assembly.stores)
    assert settings["MfaConfiguration"] == "ON"
    assert settings["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert not [name for name in settings if name.startswith("Sms")]
    assert settings["AccountRecoverySetting"]["RecoveryMechanisms"] == [
        {"Name": "verified_email", "Priority": 1}
    ]
    # A remembered device would not be asked again.
    assert "DeviceConfiguration" not in settings


def test_a_passkey_counts_as_both_factors_only_when_it_verifies_its_holder(
    assembly: Assembly,
) -> None:
    """Cognito refuses any other combination of these with MFA for everybody."""
    settings = pool(assembly.stores)
    factors = settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]
    assert factors == ["PASSWORD", "WEB_AUTHN"]
    assert (
        settings["WebAuthnFactorConfiguration"] == "MULTI_FACTOR_WITH_USER_VERIFICATION"
    )
    assert settings["WebAuthnUserVerification"] == "required"
    assert settings["UserPoolTier"] == "ESSENTIALS"
    [domain] = assembly.stores.of_type("AWS::Cognito::UserPoolDomain").values()
    raw = assembly.stores.raw["Resources"]
    prefix = raw["SignInDomain"]["Properties"]["Domain"]
    party = raw["UserPool"]["Properties"]["WebAuthnRelyingPartyID"]
    assert json.dumps(prefix["Fn::Join"][1])[1:-1] in json.dumps(party)
    assert domain["ManagedLoginVersion"] == 2


def test_the_groups_are_the_roles_of_the_policy(assembly: Assembly) -> None:
    groups = assembly.stores.of_type("AWS::Cognito::UserPoolGroup").values()
    assert {each["GroupName"] for each in groups} == {role.value for role in Role}
    assert ROLES.keys() == {role.value for role in Role}
    assert not [each for each in groups if "RoleArn" in each]


def test_an_invitation_is_known_by_what_nobody_can_change(assembly: Assembly) -> None:
    [attribute] = pool(assembly.stores)["Schema"]
    assert (attribute["Name"], attribute["Mutable"]) == ("invitation", False)
    for client in clients(assembly).values():
        assert client["WriteAttributes"] == ["email"]


def test_there_are_two_applications_and_neither_has_a_secret(assembly: Assembly) -> None:
    found = clients(assembly)
    assert found.keys() == {"web", "cli"}
    for each in found.values():
        assert each["GenerateSecret"] is False
        assert each["AllowedOAuthFlows"] == ["code"]
        assert each["AllowedOAuthScopes"] == ["openid", "email"]
        assert each["ExplicitAuthFlows"] == ["ALLOW_USER_AUTH"]
        assert each["PreventUserExistenceErrors"] == "ENABLED"
        assert each["SupportedIdentityProviders"] == ["COGNITO"]
        assert "AnalyticsConfiguration" not in each
    api = "${HttpApiDD77E489.ApiEndpoint}/"
    assert found["web"]["CallbackURLs"] == found["web"]["LogoutURLs"] == [api]
    assert found["cli"]["CallbackURLs"] == [CLI_CALLBACK]
    assert "LogoutURLs" not in found["cli"]


def test_a_session_lasts_a_working_day_and_an_access_token_a_quarter(
    assembly: Assembly,
) -> None:
    for each in clients(assembly).values():
        units = each["TokenValidityUnits"]
        assert (each["AccessTokenValidity"], units["AccessToken"]) == (15, "minutes")
        assert (each["IdTokenValidity"], units["IdToken"]) == (15, "minutes")
        assert (each["RefreshTokenValidity"], units["RefreshToken"]) == (12, "hours")
        assert each["EnableTokenRevocation"] is True
        assert each["RefreshTokenRotation"] == {
            "Feature": "ENABLED",
            "RetryGracePeriodSeconds": 10,
        }


def test_every_application_has_pages_to_sign_in_at(assembly: Assembly) -> None:
    """Managed login shows none to an application without a style."""
    styled = assembly.application.of_type("AWS::Cognito::ManagedLoginBranding")
    assert {each["ClientId"] for each in styled.values()} == {
        f"${{{name}}}"
        for name in assembly.application.of_type("AWS::Cognito::UserPoolClient")
    }
    assert all(each["UseCognitoProvidedValues"] for each in styled.values())


def test_what_signing_in_needs_can_be_found_in_the_outputs(assembly: Assembly) -> None:
    application = assembly.application.raw["Outputs"]
    assert {"ApiUrl", "WebClientId", "CliClientId"} <= application.keys()
    stores = assembly.stores.raw["Outputs"]
    assert stores["UserPoolId"]["Value"] == {"Ref": "UserPool"}
    assert {"Ref": "SignInDomain"} in stores["SignInUrl"]["Value"]["Fn::Join"][1]


def test_the_site_names_the_pages_by_their_own_domain(assembly: Assembly) -> None:
    """The other stack's id would make another name of it."""
    [serve] = [spec for spec in FUNCTIONS if spec.construct == "ServeSite"]
    told = assembly.application.function(serve)["Environment"]["Variables"]
    assert told["SIGN_IN_URL"].startswith("https://${import ")
    assert "StackId" not in json.dumps(assembly.application.raw["Resources"])


def test_administering_users_is_no_leave_to_be_one(assembly: Assembly) -> None:
    """Nothing sets a password or a second factor, or deletes anybody."""
    granted = {
        action
        for policy in assembly.application.of_type("AWS::IAM::Policy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
        if str(action).startswith("cognito-idp:")
    }
    assert granted == {
        "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminEnableUser",
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminRemoveUserFromGroup",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
    }


# The organisation's own directory -------------------------------------------------------


def test_a_directory_that_speaks_saml_and_passwords_known_from_breaches(
    tmp_path: Path,
) -> None:
    made = synthesized(
        tmp_path, directory=f"saml:{METADATA}", compromised_passwords="true"
    )
    [provider] = made.stores.of_type("AWS::Cognito::UserPoolIdentityProvider").values()
    assert provider["ProviderType"] == "SAML"
    assert provider["ProviderDetails"]["MetadataURL"] == METADATA
    assert provider["ProviderDetails"]["IDPInit"] == "false"
    assert provider["AttributeMapping"].keys() == {"email"}
    for client in clients(made).values():
        assert client["SupportedIdentityProviders"] == ["COGNITO", "Directory"]
    settings = pool(made.stores)
    assert settings["UserPoolTier"] == "PLUS"
    assert settings["UserPoolAddOns"] == {"AdvancedSecurityMode": "ENFORCED"}
    risk = made.stores.of_type("AWS::Cognito::UserPoolRiskConfigurationAttachment")
    [looked_for] = risk.values()
    # Known passwords are refused; where people are is not weighed, nor kept.
    assert looked_for["CompromisedCredentialsRiskConfiguration"] == {
        "Actions": {"EventAction": "BLOCK"},
        "EventFilter": ["SIGN_IN", "PASSWORD_CHANGE"],
    }
    assert "AccountTakeoverRiskConfiguration" not in looked_for


def test_a_directory_that_speaks_openid_connect(tmp_path: Path) -> None:
    asked = "oidc:https://id.gemeente.nl/|beeldrecht|beeldrecht/directory"
    made = synthesized(tmp_path, directory=asked)
    [provider] = made.stores.of_type("AWS::Cognito::UserPoolIdentityProvider").values()
    assert provider["ProviderType"] == "OIDC"
    details = provider["ProviderDetails"]
    assert details["oidc_issuer"] == "https://id.gemeente.nl"
    # Read by CloudFormation when it deploys: no template holds it.
    secret = "{{resolve:secretsmanager:beeldrecht/directory}}"
    assert details["client_secret"] == secret
    assert pool(made.stores)["UserPoolTier"] == "ESSENTIALS"


def test_nobody_from_a_directory_begins_with_a_role(assembly: Assembly) -> None:
    """No trigger adds anybody to a group, and no group is anybody's by default."""
    assert "LambdaConfig" not in pool(assembly.stores)
    assert not assembly.stores.of_type("AWS::Cognito::UserPoolUserToGroupAttachment")


@pytest.mark.parametrize(
    ("text", "directory"),
    [
        ("", None),
        (f"saml:{METADATA}", Saml(METADATA)),
        ("oidc:https://a.example|b|c", Oidc("https://a.example", "b", "c")),
    ],
)
def test_a_directory_is_named_in_one_of_two_ways(text: str, directory: object) -> None:
    assert named_directory(text) == directory


@pytest.mark.parametrize(
    "text",
    [
        "saml:http://plain.example/metadata",
        "saml:",
        "oidc:https://a.example|b",
        "oidc:https://a.example|b|c|d",
        "oidc:https://a.example||c",
        "oidc:https://a.example|b|c}}{{resolve:ssm:other",
        "ldap:https://a.example",
        "true",
    ],
)
def test_anything_else_is_refused_before_synthesis(tmp_path: Path, text: str) -> None:
    from cdk.app import build  # noqa: PLC0415  # starts Node

    with pytest.raises(DirectoryError):
        named_directory(text)
    app = app_with(tmp_path / "out", {**stand_ins(tmp_path), "directory": text})
    with pytest.raises(DeploymentError, match="directory="):
        build(app)


def provider_with(details: dict[str, str], kind: str = "ProviderDetails") -> Any:
    return {
        "Resources": {
            "SignInDirectory": {
                "Type": "AWS::Cognito::UserPoolIdentityProvider",
                "Properties": {"ProviderName": "Directory", kind: details},
            }
        }
    }


def test_r19_staff_may_be_sent_to_their_own_directory_wherever_that_is() -> None:
    template = provider_with({"MetadataURL": METADATA})
    assert template_findings(template, REGION) == []


@pytest.mark.parametrize(
    ("template", "rule"),
    [
        # By its number, it is nobody's directory that somebody could check.
        (provider_with({"oidc_issuer": "https://192.0.2.1/"}), "foreign_host"),
        (
            provider_with({"MetadataURL": "https://x.sso.us-east-1.amazonaws.com/m"}),
            "other_region",
        ),
        (provider_with({"x": METADATA}, "ProviderName2"), "foreign_host"),
        (
            {
                "Resources": {
                    "F": {
                        "Type": "AWS::Lambda::Function",
                        "Properties": {"ProviderDetails": {"MetadataURL": METADATA}},
                    }
                }
            },
            "foreign_host",
        ),
    ],
)
def test_r19_no_other_address_passes_for_a_directory(template: Any, rule: str) -> None:
    assert rule in {found.id for found in template_findings(template, REGION)}


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        ("x.auth.eu-central-1.amazoncognito.com", True),
        ("x.auth.us-east-1.amazoncognito.com", False),
        ("amazoncognito.com", False),
    ],
)
def test_r19_the_sign_in_pages_are_those_of_the_region(host: str, passes: bool) -> None:
    template = {"Outputs": {"SignInUrl": {"Value": f"https://{host}"}}}
    assert (template_findings(template, REGION) == []) == passes

"""The HTTP API: who is let through to which function, how often, and what is noted."""

import json

import pytest

from cdk.constructs.functions import FUNCTIONS, FunctionSpec, OnRequest
from tests.infra.synthesis import Assembly, Resource
from tools.openapi.description import PUBLIC

ANSWERING = [spec for spec in FUNCTIONS if isinstance(spec.trigger, OnRequest)]
OPEN = {
    "POST /subject/{proxy+}",
    "GET /",
    "GET /{proxy+}",
    *(f"{method} {path}" for method, path in PUBLIC),
}
"""All that is open: what a link token opens, the site, and what anybody may ask."""


def routes(assembly: Assembly) -> dict[str, Resource]:
    found = assembly.application.of_type("AWS::ApiGatewayV2::Route").values()
    return {each["RouteKey"]: each for each in found}


def stage(assembly: Assembly) -> Resource:
    [found] = assembly.application.of_type("AWS::ApiGatewayV2::Stage").values()
    return found


def asked_for(spec: FunctionSpec) -> tuple[str, ...]:
    assert isinstance(spec.trigger, OnRequest)
    return spec.trigger.routes


def test_there_is_one_api_of_one_kind_and_no_other_way_in(assembly: Assembly) -> None:
    template = assembly.application
    [api] = template.of_type("AWS::ApiGatewayV2::Api").values()
    assert api["ProtocolType"] == "HTTP"
    # One origin for the site and the API: no other origin is let in.
    assert "CorsConfiguration" not in api
    for other in ("AWS::Lambda::Url", "AWS::ApiGateway::RestApi"):
        assert not template.of_type(other)


def test_the_routes_are_those_of_the_table_of_functions(assembly: Assembly) -> None:
    wanted = [key for spec in ANSWERING for key in asked_for(spec)]
    assert len(set(wanted)) == len(wanted)
    assert routes(assembly).keys() == set(wanted)


def test_every_staff_route_asks_for_an_access_token_of_this_pool(
    assembly: Assembly,
) -> None:
    [(name, authorizer)] = assembly.application.of_type(
        "AWS::ApiGatewayV2::Authorizer"
    ).items()
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    token = authorizer["JwtConfiguration"]
    host = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/"
    assert token["Issuer"].startswith(f"{host}${{import ")
    clients = assembly.application.of_type("AWS::Cognito::UserPoolClient")
    assert set(token["Audience"]) == {f"${{{client}}}" for client in clients}
    staff = {key: each for key, each in routes(assembly).items() if " /v1/" in key}
    assert staff
    for route in staff.values():
        assert route["AuthorizationType"] == "JWT"
        assert route["AuthorizerId"] == f"${{{name}}}"
        # Without it an ID token would pass: API Gateway tells them apart by scope alone.
        assert route["AuthorizationScopes"] == ["openid"]


def test_nothing_else_is_open_than_links_and_the_site(assembly: Assembly) -> None:
    opened = {
        key
        for key, route in routes(assembly).items()
        if route["AuthorizationType"] == "NONE"
    }
    assert opened == OPEN


@pytest.mark.parametrize("spec", ANSWERING, ids=lambda spec: spec.construct)
def test_a_route_leads_to_its_function_and_may_call_no_other(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    template = assembly.application
    integrations = template.of_type("AWS::ApiGatewayV2::Integration")
    permissions = template.of_type("AWS::Lambda::Permission").values()
    for key in asked_for(spec):
        target = routes(assembly)[key]["Target"]
        integration = integrations[target.removeprefix("integrations/${")[:-1]]
        assert integration["PayloadFormatVersion"] == "2.0"
        arn = integration["IntegrationUri"]
        function = template.resources[arn.removeprefix("${").removesuffix(".Arn}")]
        assert function["Properties"]["Handler"] == spec.handler
        method, path = key.split(" ")
        asked = "*" if method == "ANY" else method
        [permission] = [
            each
            for each in permissions
            if each["FunctionName"] == arn
            and each["SourceArn"].endswith(f"/*/{asked}{path}")
        ]
        assert permission["Principal"] == "apigateway.amazonaws.com"
        assert ":${AWS::AccountId}:" in permission["SourceArn"]


def test_a_function_gives_up_before_the_api_does() -> None:
    for spec in ANSWERING:
        assert spec.timeout_seconds < 30


def test_every_route_is_held_back_and_links_most(assembly: Assembly) -> None:
    limits = stage(assembly)["RouteSettings"]
    default = stage(assembly)["DefaultRouteSettings"]
    assert limits.keys() == routes(assembly).keys()
    assert (default["ThrottlingRateLimit"], default["ThrottlingBurstLimit"]) == (50, 100)
    for key, each in limits.items():
        rate, burst = each["ThrottlingRateLimit"], each["ThrottlingBurstLimit"]
        assert 0 < rate <= 50
        assert 0 < burst <= 100
        if " /subject/" in key or " /v1/users" in key:
            assert (rate, burst) == (5, 10)


def test_the_stage_waits_for_the_routes_that_it_names(assembly: Assembly) -> None:
    raw = assembly.application.raw["Resources"]
    [waiting] = [
        each["DependsOn"]
        for each in raw.values()
        if each["Type"] == "AWS::ApiGatewayV2::Stage"
    ]
    assert set(waiting) == {
        name for name, each in raw.items() if each["Type"] == "AWS::ApiGatewayV2::Route"
    }


def test_r23_the_access_log_is_kept_and_names_nobody(assembly: Assembly) -> None:
    settings = stage(assembly)["AccessLogSettings"]
    group = settings["DestinationArn"].removeprefix("${").removesuffix(".Arn}")
    kept = assembly.application.resources[group]
    assert kept["Type"] == "AWS::Logs::LogGroup"
    assert kept["Properties"]["RetentionInDays"] == 365
    noted = json.loads(settings["Format"])
    assert set(noted.values()) == {
        "$context.requestId",
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
        "$context.responseLength",
        "$context.integrationStatus",
        "$context.integrationErrorMessage",
    }
    for personal in ("identity", "path", "authorizer", "Agent", "authenticat", "claims"):
        assert personal not in settings["Format"]

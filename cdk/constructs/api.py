"""The one HTTP API: staff with a token, people with a link, and the static site.

Its routes are the `OnRequest` rows of the table of functions. It is made before the
functions, because the applications that sign in return to its address and one function
is told which those are; `connect` then leads its routes to them.
"""

import json
from collections.abc import Iterable, Mapping

from aws_cdk import Aws
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction, log_group
from cdk.constructs.functions import OnRequest
from cdk.constructs.grants import waive
from cdk.constructs.sign_in import SCOPES, SignInClients
from cdk.deployment import Deployment

# What a stage lets through, as (requests a second, at once). A link's holder needs a
# handful; whoever tries tokens by the thousand meets this before any function runs.
_EVERYBODY = (50, 100)
_ADMINISTERING = (5, 10)
_WITH_A_LINK = (5, 10)

_LOGGED: Mapping[str, str] = {
    "requestId": "$context.requestId",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "responseLatency": "$context.responseLatency",
    "responseLength": "$context.responseLength",
    "integrationStatus": "$context.integrationStatus",
    "integrationError": "$context.integrationErrorMessage",
}
"""No address, no agent, no path, no caller: the route's key is a pattern, not a path."""


class HttpApi(Construct):
    """The API, its stage and its log; routes come with `connect`."""

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self.api = apigateway.CfnApi(
            self,
            "Api",
            name=deployment.name,
            protocol_type="HTTP",
            description=f"{deployment.name}: staff, people with a link, the site",
        )
        self._log = log_group(self, "AccessLog", deployment=deployment)
        self._routes: list[apigateway.CfnRoute] = []

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return self.api.attr_api_endpoint

    def connect(
        self,
        functions: Iterable[BeeldrechtFunction],
        *,
        issuer: str,
        clients: SignInClients,
    ) -> None:
        """Lead the routes of every function that answers requests to it."""
        authorizer = apigateway.CfnAuthorizer(
            self,
            "Staff",
            api_id=self.api.ref,
            name="staff",
            authorizer_type="JWT",
            identity_source=["$request.header.Authorization"],
            jwt_configuration=apigateway.CfnAuthorizer.JWTConfigurationProperty(
                issuer=issuer, audience=[clients.web.ref, clients.cli.ref]
            ),
        )
        for each in functions:
            trigger = each.spec.trigger
            if isinstance(trigger, OnRequest):
                self._lead_to(each, trigger, authorizer)
        self._stage()

    def _lead_to(
        self,
        each: BeeldrechtFunction,
        trigger: OnRequest,
        authorizer: apigateway.CfnAuthorizer,
    ) -> None:
        construct = each.spec.construct
        integration = apigateway.CfnIntegration(
            self,
            construct,
            api_id=self.api.ref,
            integration_type="AWS_PROXY",
            integration_uri=each.function.function_arn,
            payload_format_version="2.0",
        )
        for number, key in enumerate(trigger.routes):
            route = apigateway.CfnRoute(
                self,
                f"{construct}Route{number}",
                api_id=self.api.ref,
                route_key=key,
                target=f"integrations/{integration.ref}",
                authorization_type="JWT" if trigger.signed_in else "NONE",
                authorizer_id=authorizer.ref if trigger.signed_in else None,
                # An ID token has the same audience and no scope; a token of the pool's
                # own API has another scope. Neither opens a route.
                authorization_scopes=[SCOPES[0]] if trigger.signed_in else None,
            )
            if not trigger.signed_in:
                waive(
                    route,
                    "AwsSolutions-APIG4",
                    "Open on purpose: the static site, and pages whose link token the "
                    "function itself checks; people in pictures have no account (R5).",
                )
            self._routes.append(route)
            lambda_.CfnPermission(
                self,
                f"{construct}Permission{number}",
                action="lambda:InvokeFunction",
                function_name=each.function.function_arn,
                principal="apigateway.amazonaws.com",
                source_arn=self._arn_of(key),
            )

    def _arn_of(self, key: str) -> str:
        """The requests of one route: any stage, its method, its path."""
        method, path = key.split(" ", 1)
        asked = "*" if method == "ANY" else method
        api = f"{Aws.REGION}:{Aws.ACCOUNT_ID}:{self.api.ref}"
        return f"arn:{Aws.PARTITION}:execute-api:{api}/*/{asked}{path}"

    def _stage(self) -> None:
        rate, burst = _EVERYBODY
        stage = apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.ref,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=rate,
                throttling_burst_limit=burst,
                detailed_metrics_enabled=True,
            ),
            route_settings={
                route.route_key: _limits(route.route_key) for route in self._routes
            },
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=self._log.log_group_arn, format=json.dumps(_LOGGED)
            ),
        )
        for route in self._routes:
            # The stage names its routes, and API Gateway wants them to be there.
            stage.add_resource_dependency(route)


def _limits(key: str) -> dict[str, float | bool]:
    rate, burst = _EVERYBODY
    if " /subject/" in key:
        rate, burst = _WITH_A_LINK
    elif " /v1/users" in key:
        rate, burst = _ADMINISTERING
    return {
        "ThrottlingRateLimit": rate,
        "ThrottlingBurstLimit": burst,
        "DetailedMetricsEnabled": True,
    }

"""Leads what names an address of AWS to the local cloud instead.

The template is the same for both clouds, so three addresses in it are AWS's: the sign-in
pages of the user pool, its issuer's documents, and S3 as a browser reaches it. Functions
are told them as settings, and so a step after each deployment tells those functions the
local ones. Addresses that CloudFormation makes itself (of the API, of queues) are local
already. Doing it twice is harmless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.client import LocalCloud

_ELSEWHERE = re.compile(
    r"https://(?:[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com"
    r"|s3\.[a-z0-9-]+\.amazonaws\.com)"
)


def here(text: str, endpoint: str) -> str:
    """Give a text with the addresses of AWS that a browser would go to made local."""
    return _ELSEWHERE.sub(endpoint, text)


def tell_functions(cloud: LocalCloud, stack: str) -> None:
    """Tell the functions of one stack the local addresses."""
    functions = cloud.client("lambda")
    clouds = cloud.client("cloudformation")
    pages = clouds.get_paginator("list_stack_resources").paginate(StackName=stack)
    for page in pages:
        for each in page["StackResourceSummaries"]:
            if each["ResourceType"] != "AWS::Lambda::Function":
                continue
            name = each["PhysicalResourceId"]
            told = functions.get_function_configuration(FunctionName=name)
            settings = told.get("Environment", {}).get("Variables", {})
            local = {k: here(v, cloud.endpoint) for k, v in settings.items()}
            if local != settings:
                functions.update_function_configuration(
                    FunctionName=name, Environment={"Variables": local}
                )

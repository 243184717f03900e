"""CloudFormation: a style for managed login pages is taken in, and paints nothing.

AWS shows no sign-in page of the second version without one, so the template has one per
application. MiniStack knows no such type and refuses the whole template. Its own pages
look as they look.
"""

from typing import Any

import ministack.services.cloudformation.provisioners as resources

from local.cloud.gaps import need
from local.cloud.settings import Settings

TYPE = "AWS::Cognito::ManagedLoginBranding"


def close(_: Settings) -> None:
    """Know the type, and keep only that it was made."""
    need(resources, "_RESOURCE_HANDLERS")
    resources._RESOURCE_HANDLERS.setdefault(
        TYPE, {"create": _create, "update": _update, "delete": _delete}
    )


def _create(
    _logical_id: str, properties: dict[str, Any], _stack: str
) -> tuple[str, dict[str, str]]:
    identifier = f"{properties['UserPoolId']}|{properties['ClientId']}"
    return identifier, {"ManagedLoginBrandingId": identifier}


def _update(
    _physical_id: str, _old: dict[str, Any], properties: dict[str, Any], stack: str
) -> tuple[str, dict[str, str]]:
    return _create("", properties, stack)


def _delete(_physical_id: str, _properties: dict[str, Any]) -> None:
    """Nothing was made."""

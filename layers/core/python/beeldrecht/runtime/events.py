"""The shapes that come in and go out: strict at the edge, frozen inside."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

OpaqueId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Frozen(BaseModel):
    """A value that nobody changes and that has no field we do not know."""

    # The Lambda runtime logs an uncaught error's message: it must not quote its input.
    # Built when first used: a request uses a few of a hundred, and waits for a cold
    # start.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )


class AssetEvent(Frozen):
    """Work on one asset: what queues and the workflow hand on."""

    asset_id: OpaqueId

"""The steps that a person asks for, which have no function of their own."""

from cdk.constructs.function_model import CommandSpec, Stage

REQUEST_UPLOAD = CommandSpec(
    Stage.INTAKE, "request_upload", "Gives out leave to send one new asset's bytes."
)
COMPLETE_UPLOAD = CommandSpec(
    Stage.INTAKE, "complete_upload", "Puts the parts of a large file together."
)
CONFIRM_APPEARANCE = CommandSpec(
    Stage.CLEARANCE,
    "confirm_appearance",
    "Records who a person says is in the picture.",
)
RELEASE_ASSET = CommandSpec(
    Stage.CLEARANCE, "release_asset", "Releases a ready asset on a person's word."
)
DOWNLOAD_ASSET = CommandSpec(
    Stage.EGRESS,
    "download_asset",
    "Decides whether a picture may leave for one use, and signs its address.",
)
VIEW_ASSET = CommandSpec(
    Stage.EGRESS, "view_asset", "Signs the address at which staff look at a picture."
)
COMMANDS: tuple[CommandSpec, ...] = (
    REQUEST_UPLOAD,
    COMPLETE_UPLOAD,
    CONFIRM_APPEARANCE,
    RELEASE_ASSET,
    DOWNLOAD_ASSET,
    VIEW_ASSET,
)

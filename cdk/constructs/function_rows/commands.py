"""The steps that a person asks for, which have no function of their own."""

from cdk.constructs.function_model import CommandSpec, Stage

REQUEST_UPLOAD = CommandSpec(
    Stage.INTAKE, "request_upload", "Gives out leave to send one new asset's bytes."
)
COMPLETE_UPLOAD = CommandSpec(
    Stage.INTAKE, "complete_upload", "Puts the parts of a large file together."
)
IMPORT_FILES = CommandSpec(
    Stage.INTAKE,
    "import_files",
    "Announces files of an archive, and says of each where it stands.",
)
CONFIRM_APPEARANCE = CommandSpec(
    Stage.CLEARANCE,
    "confirm_appearance",
    "Records who a person says is in the picture.",
)
MARK_FACE = CommandSpec(
    Stage.CLEARANCE,
    "mark_face",
    "Records which face a person says is always covered.",
)
DECLARE_FILE = CommandSpec(
    Stage.CLEARANCE,
    "declare_file",
    "Records who a person says is in what nobody can look through.",
)
RESTORE_VERSION = CommandSpec(
    Stage.CLEARANCE,
    "restore_version",
    "Makes an older file of a picture the current one on a person's word.",
)
RELEASE_ASSET = CommandSpec(
    Stage.CLEARANCE, "release_asset", "Releases a ready asset on a person's word."
)
DOWNLOAD_ASSET = CommandSpec(
    Stage.EGRESS,
    "download_asset",
    "Decides whether a picture may leave for one use, and signs its address.",
)
PREVIEW_MASK = CommandSpec(
    Stage.EGRESS,
    "preview_mask",
    "Shows who may release a picture how it would leave with faces covered.",
)
VIEW_ASSET = CommandSpec(
    Stage.EGRESS, "view_asset", "Signs the address at which staff look at a picture."
)
COMMANDS: tuple[CommandSpec, ...] = (
    REQUEST_UPLOAD,
    COMPLETE_UPLOAD,
    IMPORT_FILES,
    CONFIRM_APPEARANCE,
    MARK_FACE,
    DECLARE_FILE,
    RESTORE_VERSION,
    RELEASE_ASSET,
    DOWNLOAD_ASSET,
    PREVIEW_MASK,
    VIEW_ASSET,
)

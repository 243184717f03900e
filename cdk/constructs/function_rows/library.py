"""The index of the library: followed, built and searched."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnLibrary,
    OnRequest,
    OnSchedule,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

# A million pictures are some 600 MiB: the copy that is read, and the one that is written.
_DISK_MIB = 4096

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.LIBRARY,
        folder="follow_library",
        does="Says of what changed in the library that the index has it otherwise.",
        trigger=OnLibrary(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.BUILD_INDEX_ARN},
        memory_mib=512,
        timeout_seconds=60,
    ),
    FunctionSpec(
        stage=Stage.LIBRARY,
        folder="build_index",
        does="Makes the next generation of the index, of what changed since the last.",
        trigger=OnSchedule(minute=15),
        # Who is called while it runs is called again by Lambda, for hours.
        reserved=1,
        layers=BASE | {Layer.SEARCH},
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.AUDIT_TABLE, Setting.EXPORTS_BUCKET},
        memory_mib=1769,
        timeout_seconds=600,
        scratch_mib=_DISK_MIB,
    ),
    FunctionSpec(
        stage=Stage.LIBRARY,
        folder="search_library",
        does="Answers every search of who signed in, from its copy of the index.",
        trigger=OnRequest(
            (
                "GET /v1/search",
                "GET /v1/saved-searches",
                "POST /v1/saved-searches",
                "DELETE /v1/saved-searches/{search_id}",
            ),
            signed_in=True,
        ),
        layers=BASE | {Layer.SEARCH},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.AUDIT_TABLE,
            Setting.EXPORTS_BUCKET,
        },
        # A whole core, which searching is bound by.
        memory_mib=1769,
        timeout_seconds=29,
        scratch_mib=_DISK_MIB,
    ),
)

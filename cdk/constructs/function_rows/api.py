"""Everybody who asks something."""

from cdk.constructs.function_model import (
    FunctionSpec,
    Layer,
    OnRequest,
    Setting,
    Stage,
)

from .commands import COMMANDS, DOWNLOAD_ASSET
from .common import BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.API,
        folder="staff_api",
        does="Answers everybody who signed in: reads, asks the policy, runs commands.",
        trigger=OnRequest(("ANY /v1/{proxy+}",), signed_in=True),
        layers=BASE | {Layer.SEALING, Layer.CODES},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.AUDIT_TABLE,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.DOCUMENTS_BUCKET,
            Setting.UPLOADS_QUEUE_URL,
            Setting.CLEAR_ASSET_ARN,
            Setting.APPLY_RETENTION_ARN,
            Setting.ENROL_PERSON_ARN,
            Setting.ASSESS_BREACH_ARN,
            Setting.MASK_ASSET_ARN,
            Setting.RENDER_ASSET_ARN,
            Setting.PACK_ASSETS_ARN,
            Setting.EXPORTS_BUCKET,
            Setting.SITE_URL,
            Setting.FOUR_EYES,
            Setting.PUBLIC_BODY,
            Setting.AGES_OF_CONSENT,
            Setting.CONTROLLER,
            Setting.CONTROLLER_CONTACT,
        },
        # A whole core: a person waits for its cold start, which is bound by that.
        memory_mib=1769,
        # API Gateway waits thirty seconds and no longer.
        timeout_seconds=29,
        runs=COMMANDS,
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="user_api",
        does="Invites, appoints, disables and enables the users of this deployment.",
        trigger=OnRequest(
            ("GET /v1/users", "POST /v1/users", "ANY /v1/users/{proxy+}"),
            signed_in=True,
        ),
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.USER_POOL_ID, Setting.LIBRARY_TABLE, Setting.AUDIT_TABLE},
        # A whole core, for the cold start alone: it is seldom asked.
        memory_mib=1769,
        timeout_seconds=29,
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="subject_api",
        does="Asks, shows and takes back what is theirs, for who holds a link; shows what"
        " is shared, and says of a copy whether it may be used.",
        trigger=OnRequest(
            (
                "POST /subject/{proxy+}",
                "GET /check/{public_id}",
                "GET /embed/{publication_id}",
            ),
            signed_in=False,
        ),
        layers=BASE | {Layer.SEALING},
        settings=EVERYWHERE
        | {
            Setting.LIBRARY_TABLE,
            Setting.CONSENT_TABLE,
            Setting.KEYS_TABLE,
            Setting.PEOPLE_KEY_ARN,
            Setting.LIMITS_TABLE,
            Setting.AUDIT_TABLE,
            Setting.RENDITIONS_BUCKET,
            Setting.DOCUMENTS_BUCKET,
            Setting.EXPORTS_BUCKET,
            Setting.MASK_ASSET_ARN,
            Setting.RENDER_ASSET_ARN,
            Setting.SITE_URL,
            Setting.AGES_OF_CONSENT,
        },
        memory_mib=1769,
        # Of a shared picture it waits for whatever covers faces, as staff do.
        timeout_seconds=29,
        runs=(DOWNLOAD_ASSET,),
    ),
    FunctionSpec(
        stage=Stage.API,
        folder="serve_site",
        does="Serves the static site from inside the Region; there is no edge cache.",
        trigger=OnRequest(("GET /", "GET /{proxy+}"), signed_in=False),
        layers=BASE | {Layer.SITE},
        settings=EVERYWHERE
        | {
            Setting.SITE_DIR,
            Setting.PUBLIC_KEY_ARN,
            Setting.PUBLIC_PICTURE_KEY_ARN,
            Setting.ISSUER,
            Setting.CLI_CLIENT_ID,
            Setting.WEB_CLIENT_ID,
            Setting.SIGN_IN_URL,
            Setting.PICTURES_URL,
            Setting.ORIGINALS_BUCKET,
            Setting.RENDITIONS_BUCKET,
            Setting.EXPORTS_BUCKET,
        },
        memory_mib=512,
        timeout_seconds=10,
    ),
)

"""What several rows share."""

from cdk.constructs.function_model import Layer, Setting

BASE = frozenset({Layer.CORE, Layer.DEPS})
EVERYWHERE = frozenset(
    {
        Setting.POWERTOOLS_SERVICE_NAME,
        Setting.POWERTOOLS_METRICS_NAMESPACE,
        Setting.LOG_LEVEL,
        Setting.TIMEZONE,
    }
)

CONSENT_WORKFLOWS = frozenset(
    {
        Setting.REQUEST_CONSENT_ARN,
        Setting.RENEW_CONSENT_ARN,
        Setting.WITHDRAW_CONSENT_ARN,
        Setting.EXPORT_PERSON_ARN,
        Setting.ERASE_PERSON_ARN,
        Setting.ERASE_ASSET_ARN,
        Setting.RELOOK_ARN,
    }
)

# What the two functions that act under a permit carry and are told, and no other is.
RECOGNISING_LAYERS = BASE | {Layer.VISION, Layer.RECOGNITION, Layer.SEALING}
RECOGNISING_SETTINGS = EVERYWHERE | {
    Setting.LIBRARY_TABLE,
    Setting.CONSENT_TABLE,
    Setting.BIOMETRICS_TABLE,
    Setting.BIOMETRICS_KEY_ARN,
    Setting.AUDIT_TABLE,
    Setting.ORIGINALS_BUCKET,
    Setting.RENDITIONS_BUCKET,
    Setting.MODELS_DIR,
    Setting.PIXEL_LIMIT,
}

# Lambda gives a whole core from 1,769 MiB on, and decoding and both models are bound by
# that core: less memory costs the same money and only takes longer. Measured at 200
# megapixels: 1,230 MiB to find faces in a JPEG; 86 to receive it, but 2,270 to receive a
# PNG with alpha. 3,008 is what a new account may have at most.
PICTURE_MIB = 2048
ANY_FORMAT_MIB = 3008
PIXEL_LIMIT = 200_000_000

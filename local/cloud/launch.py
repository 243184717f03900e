"""Starts MiniStack with the gaps closed.

    python -m local.cloud.launch --port 4566 --state .local/cloud --cache .local/cache \
        --runtime .cache/lambda-runtime

Nothing of MiniStack's files is changed, and everything it reads from the environment is
set here, so that it listens on this machine only and enforces IAM however it is started.
"""

import argparse
import importlib
import os
import signal
import sys
import threading
from pathlib import Path

from local.cloud.settings import Settings

GAPS = (
    "ttl",  # first: it must be there before DynamoDB is loaded
    "clock",
    "point_in_time",
    "tls",
    "principal_arn",
    "schedule_names",
    "signature_age",
    "form_digest",
    "lambda_runtime",
    "concurrency",
    "streams",
    "scheduler",
    "step_functions",
    "managed_login",
    "temporary_passwords",
    "second_factor",
    "sessions",
    "mail_events",
)
REGION = "eu-central-1"


def main() -> None:
    """Close the gaps and serve until told to stop."""
    settings, until_stdin_closes = _arguments()
    _set_environment(settings)
    without = os.environ.get("LOCAL_WITHOUT_GAPS", "").split(",")
    for name in GAPS:
        if name not in without:
            importlib.import_module(f"local.cloud.gaps.{name}").close(settings)
    importlib.import_module("local.cloud.inbox").serve()
    importlib.import_module("local.cloud.ending").serve()
    if observed := os.environ.get("LOCAL_OBSERVED"):
        # Last, so that it sees what the gap modules make of a call.
        importlib.import_module("local.cloud.observe").begin(Path(observed))
    if until_stdin_closes:
        threading.Thread(target=_stop_with_parent, daemon=True).start()
    sys.argv[1:] = []
    importlib.import_module("ministack.app").main()


def _arguments() -> tuple[Settings, bool]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--runtime", type=Path, required=True)
    parser.add_argument("--keep", action="store_true", help="save the state on a stop")
    parser.add_argument("--no-mount", action="store_true", help="leave /opt alone")
    parser.add_argument("--until-stdin-closes", action="store_true")
    given = parser.parse_args()
    settings = Settings(
        port=given.port,
        state=given.state.absolute(),
        cache=given.cache.absolute(),
        runtime=given.runtime.absolute(),
        mount=not given.no_mount,
        keep=given.keep,
    )
    return settings, given.until_stdin_closes


def _set_environment(settings: Settings) -> None:
    """Set what MiniStack reads; nothing of the developer's own AWS settings stays."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    scratch = settings.state / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    kept = "1" if settings.keep else "0"
    os.environ.update(
        AUTH="true",
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",  # noqa: S106  # the emulator's root key
        BIND_HOST="127.0.0.1",
        GATEWAY_PORT=str(settings.port),
        IOT_MTLS_ENABLED="0",
        MINISTACK_HOST="localhost",
        MINISTACK_REGION=REGION,
        PERSIST_STATE=kept,
        S3_DATA_DIR=str(settings.state / "objects"),
        S3_PERSIST=kept,
        SFTP_ENABLED="0",
        STATE_DIR=str(settings.state / "services"),
        TMPDIR=str(scratch),
    )
    os.environ.setdefault("LAMBDA_ACCOUNT_CONCURRENCY", "3")
    os.environ.setdefault("LOG_LEVEL", "INFO")


def _stop_with_parent() -> None:
    # Not sys.stdin: a thread that waits in it holds up the end of the process.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()

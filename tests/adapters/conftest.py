"""Where the adapters are tested: moto within the process, and the local cloud.

Both have their own truth, so every promise is asked of both. What moto does otherwise
than AWS, as far as it matters here:

- It answers requests of several threads at once without a lock, and undoes a cancelled
  transaction by putting whole tables back: writes of other threads get lost. AWS takes
  the writes to an item one after the other; `_one_at_a_time` gives moto the same.
- Of versions written within the same microsecond it lists the older one first.
- Its indexes are up to date at once; those of DynamoDB follow within moments.
- It checks neither permissions nor the conditions of a form; those are judged in
  `tests/infra` and on the local cloud.
- Of uploads in parts it lists no digests, takes the id of one key's upload for another's
  and fails on one that was aborted; those promises are asked of the local cloud alone.
- It does not expire items, so here as at AWS the date decides, not the presence.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from local.testing import private_cloud
from tests.adapters.aws import Aws
from tests.adapters.looking_up import look_up
from tests.adapters.undoing import share_copies
from tests.fakes.runtime import environment

MOTO, LOCAL_CLOUD = "moto", "local cloud"


@pytest.fixture(scope="session", params=[MOTO, LOCAL_CLOUD])
def aws_endpoint(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str | None]:
    """The address of what answers as AWS; None: moto answers within the process."""
    if request.param == MOTO:
        yield None
        return
    with private_cloud(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud.endpoint


@pytest.fixture(scope="session")
def aws(aws_endpoint: str | None) -> Iterator[Aws]:
    """Something that answers as AWS, and an environment that leads there alone."""
    told = {}
    if aws_endpoint is not None:
        told = {"AWS_ENDPOINT_URL": aws_endpoint, "AWS_ACCESS_KEY_ID": "000000000000"}
    with pytest.MonkeyPatch.context() as patch, environment(patch, told):
        if aws_endpoint is not None:
            patch.delenv("AWS_SESSION_TOKEN")
            yield Aws(LOCAL_CLOUD)
            return
        _one_at_a_time(patch)
        share_copies(patch)
        look_up(patch)
        with mock_aws():
            yield Aws(MOTO)


def _one_at_a_time(patch: pytest.MonkeyPatch) -> None:
    lock = threading.RLock()
    process = BotocoreStubber.process_request

    def alone(self: BotocoreStubber, request: Any) -> Any:
        with lock:
            return process(self, request)

    patch.setattr(BotocoreStubber, "process_request", alone)


@pytest.fixture(scope="session")
def models() -> Path:
    """The face models as the layers carry them."""
    folder = Path(__file__).parents[2] / "build/models"
    if not (folder / "yunet.onnx").is_file():
        pytest.skip("the models are not built: run `make build`")
    return folder

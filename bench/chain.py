"""Pictures per second through the whole chain, in a local cloud of its own.

Uploads through the API and its forms, then waits until each is decided on: two queues,
two functions with pictures in hand, and the workflow. The peer, measured in the same run,
is the same two steps called in one process on one core, without any cloud.
"""

import os
import tempfile
import time
from pathlib import Path

from bench import day
from bench.faces import PICTURES
from cli.files import candidate
from cli.outbox import Outbox
from cli.stack import Deployed
from cli.state import Remembered
from cli.uploading import Uploads
from local.client import LocalCloud
from local.demo.staff import CONTRIBUTOR, Staff
from local.deployment import deploy
from local.testing import private_cloud
from local.users import ensure_users

_PICTURES = 12
_LABEL = "12 MP"
_PATIENCE = 300.0  # seconds


def main() -> None:
    """Deploy, warm up with three pictures, then time a dozen."""
    figures = day.measure(_LABEL)
    alone = 1000 / (figures["receive"] + figures["detect"])
    with tempfile.TemporaryDirectory() as folder, private_cloud(Path(folder)) as private:
        cloud = LocalCloud(private.port)
        os.environ.update(cloud.env)
        print("deploying to a local cloud of its own, about a minute", flush=True)
        deploy(cloud, output=Path(folder) / "cdk.out")
        deployed = Deployed.find()
        picture = candidate(PICTURES[_LABEL])
        ensure_users(cloud)
        api = Staff(cloud, "en")[CONTRIBUTOR]
        outbox = Outbox(api.address, Remembered("outbox.json", Path(folder)))
        uploads = Uploads(api, outbox)

        def through(count: int) -> float:
            start = time.perf_counter()
            assets = [uploads.send(picture, None, lambda _: None) for _ in range(count)]
            waiting = set(assets)
            while waiting:
                if time.perf_counter() - start > _PATIENCE:
                    raise TimeoutError(f"{len(waiting)} pictures are still on their way")
                time.sleep(0.1)
                for asset_id in list(waiting):
                    record = deployed.library.record(asset_id)
                    if record is not None and record.settled:
                        waiting.discard(asset_id)
            return time.perf_counter() - start

        through(3)
        seconds = through(_PICTURES)
    print(
        f"{_PICTURES} pictures of {_LABEL} through the chain: {seconds:.1f} s, "
        f"{_PICTURES / seconds:.2f} pictures/s, "
        f"{_PICTURES / seconds / alone:.2f} x of both steps alone on one core "
        f"({alone:.2f} pictures/s)"
    )


if __name__ == "__main__":
    main()

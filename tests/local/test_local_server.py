"""Starting, stopping, keeping; and refusing to start on what does not fit."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from local.deployment import digest_of_inputs
from local.environments import EMULATOR, ROOT, LocalCloudError
from local.server import Server
from local.testing import free_port

SCHEDULE = "cron(30 2 * * ? *)"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def server(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("LOCAL_CLOUD_PORT", str(free_port()))
    return Server(tmp_path, say=said.append)


def test_state_survives_a_clean_stop_and_nothing_survives_another(
    server: Server, said: list[str], tmp_path: Path
) -> None:
    cloud = server.up()
    try:
        assert server.up() == cloud
        assert "already up" in said[-1]
        cloud.client("sqs").create_queue(QueueName="kept")
        region = {"LocationConstraint": "eu-central-1"}
        store = cloud.client("s3")
        store.create_bucket(Bucket="kept", CreateBucketConfiguration=region)
        store.put_object(Bucket="kept", Key="a", Body=b"picture")
        server.down()

        assert server.running() is None
        assert server.up() == cloud
        assert cloud.client("sqs").get_queue_url(QueueName="kept")["QueueUrl"]
        assert store.get_object(Bucket="kept", Key="a")["Body"].read() == b"picture"

        os.kill(int(pid_in(tmp_path)), signal.SIGKILL)
        assert server.up() == cloud
        assert "The last stop was not a clean one; starting empty." in said
        assert cloud.client("sqs").list_queues().get("QueueUrls", []) == []
        assert store.list_buckets()["Buckets"] == []
    finally:
        server.down(forget=True)
    assert not (tmp_path / "cloud").exists()


def pid_in(folder: Path) -> str:
    text = (folder / "server.json").read_text()
    return text.split('"pid": ')[1].split(",")[0]


def test_a_process_number_used_again_is_not_ours(server: Server, tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text(f'{{"pid": {os.getpid()}, "port": 4566}}')
    assert server.running() is None
    server.down()


def test_without_a_cloud_one_sentence_says_so(server: Server) -> None:
    with pytest.raises(LocalCloudError, match="No local cloud is running"):
        server.running_or_fail()


def test_a_source_changes_what_is_to_be_deployed_and_its_bytecode_does_not(
    tmp_path: Path,
) -> None:
    source = tmp_path / "functions" / "intake" / "handler.py"
    source.parent.mkdir(parents=True)
    source.write_text("one")
    before = digest_of_inputs(tmp_path)
    bytecode = source.parent / "__pycache__" / "handler.pyc"
    bytecode.parent.mkdir()
    bytecode.write_bytes(b"x")
    assert digest_of_inputs(tmp_path) == before
    source.write_text("two")
    assert digest_of_inputs(tmp_path) != before


def in_emulator(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(EMULATOR / "bin" / "python"), "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("after", "fires"),
    [
        ("2027-03-26T12:00:00+00:00", "2027-03-27T01:30:00+00:00"),
        ("2027-03-27T12:00:00+00:00", "2027-03-29T00:30:00+00:00"),  # 28th: no 02:30
        ("2027-10-30T12:00:00+00:00", "2027-10-31T00:30:00+00:00"),  # 31st: twice 02:30
        ("2027-10-31T00:30:01+00:00", "2027-11-01T01:30:00+00:00"),
    ],
)
def test_a_schedule_follows_the_clock_on_the_wall(after: str, fires: str) -> None:
    zoned = {
        "ScheduleExpression": SCHEDULE,
        "ScheduleExpressionTimezone": "Europe/Amsterdam",
    }
    run = in_emulator(
        "from datetime import UTC, datetime\n"
        "from local.cloud.gaps.scheduler import next_run\n"
        f"after = datetime.fromisoformat({after!r}).timestamp()\n"
        f"print(datetime.fromtimestamp(next_run({zoned!r}, after), UTC).isoformat())"
    )
    assert run.stdout.strip().splitlines()[-1:] == [fires], run.stderr


def test_the_emulator_refuses_to_start_without_a_name_it_builds_on() -> None:
    run = in_emulator(
        "import ministack.app\n"
        "del ministack.app.pin_request_origin\n"
        "from local.cloud.gaps import tls\n"
        "tls.close(None)"
    )
    assert run.returncode == 1
    assert (
        run.stderr.strip()
        .splitlines()[-1]
        .endswith(
            "has no ministack.app.pin_request_origin, on which local/cloud/gaps/ builds."
        )
    )

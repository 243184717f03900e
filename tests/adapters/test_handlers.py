"""Every Lambda entry from its event to its answer, with real adapters under it.

Under moto alone: what the local cloud adds (real queues, the workflow, permissions) is
asked in `tests/workflows`.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from pydantic import ValidationError

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection, original_key
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.permits import PermitRefusedError
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.runtime.facts import NoBases
from cdk.constructs.functions import FUNCTIONS, Setting
from tests.adapters.aws import REGION, Aws
from tests.adapters.contracts.library import face
from tests.fakes.effects import Killed, When
from tests.fakes.http import request
from tests.fakes.runtime import FakeContext, imported, sqs_event
from tests.fakes.samples import (
    ANN,
    EDITOR,
    NOON,
    PICTURE,
    grant,
    picture_of,
    quitclaim,
)

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)

FILE_NAME, ADDRESS = "Jan de Vries.jpg", "jan@example.nl"
FACE = face("a")
WRITES = re.compile(r"^(Put|Update|Delete|TransactWrite|Send|Start)")


class Deployment:
    """Tables, buckets, queues and a workflow, and every function told of them."""

    def __init__(self, aws: Aws, models: str) -> None:
        states = boto3.client("stepfunctions", region_name=REGION)
        machine = states.create_state_machine(
            name=f"clear_asset-{new_id()}",
            definition='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
            roleArn="arn:aws:iam::123456789012:role/clear_asset",
            type="EXPRESS",
        )
        self.aws = aws
        self.tables = {kind: aws.table(kind) for kind in ("library", "consent", "audit")}
        self.tables |= {kind: aws.table(kind) for kind in ("biometrics", "keys")}
        self.originals = aws.bucket(versioned=True)
        self.uploads, self.detections = aws.queue(), aws.queue()
        self._states, self._machine = states, machine["stateMachineArn"]
        self.told = {
            **{f"{kind.upper()}_TABLE": name for kind, name in self.tables.items()},
            "ORIGINALS_BUCKET": self.originals,
            "RENDITIONS_BUCKET": aws.bucket(versioned=False),
            "UPLOADS_QUEUE_URL": self.uploads,
            "DETECTIONS_QUEUE_URL": self.detections,
            "CLEAR_ASSET_ARN": self._machine,
            "APPLY_RETENTION_ARN": f"{self._machine}-retention",
            "BIOMETRICS_KEY_ARN": aws.key(),
            "PEOPLE_KEY_ARN": aws.key(),
            "ENROL_PERSON_ARN": "arn:aws:lambda:eu-central-1:1:function:EnrolPerson",
            "ASSESS_BREACH_ARN": "arn:aws:lambda:eu-central-1:1:function:AssessBreach",
            "MASK_ASSET_ARN": "arn:aws:lambda:eu-central-1:1:function:MaskAsset",
            "RENDER_ASSET_ARN": "arn:aws:lambda:eu-central-1:1:function:RenderAsset",
            "PACK_ASSETS_ARN": "arn:aws:lambda:eu-central-1:1:function:PackAssets",
            "EXPORTS_BUCKET": aws.bucket(versioned=False),
            "SITE_URL": "https://beeld.example.org",
            "FOUR_EYES": "auto",
            "DOCUMENTS_BUCKET": aws.bucket(versioned=False),
            "PUBLIC_BODY": "false",
            "AGES_OF_CONSENT": "",
            "CONTROLLER": "Stichting Voorbeeld",
            "CONTROLLER_CONTACT": "privacy@example.org",
            "MODELS_DIR": models,
            "PIXEL_LIMIT": "10000000",
        }
        self.audit = AuditTrail(self.tables["audit"], REGION)
        self.library = Library(self.tables["library"], REGION, self.audit)
        self.register = ConsentRegister(self.tables["consent"], REGION)
        self.keys = KeyRing(
            self.tables["keys"],
            REGION,
            aws.kms,
            self.told["PEOPLE_KEY_ARN"],
            KeyPurpose.CONTACT,
        )

    def upload(self, asset_id: str = PICTURE, data: bytes | None = None) -> None:
        self.aws.s3.put_object(
            Bucket=self.originals,
            Key=original_key(asset_id),
            Body=data or picture_of(),
        )

    def started(self) -> set[str]:
        """The assets that the workflow was started for."""
        listed = self._states.list_executions(stateMachineArn=self._machine)
        return {
            json.loads(
                self._states.describe_execution(executionArn=e["executionArn"])["input"]
            )["asset_id"]
            for e in listed["executions"]
        }

    def tags(self, scope: str = PICTURE) -> list[str]:
        dynamodb = boto3.client("dynamodb", region_name=REGION)
        log = AuditReader(dynamodb, self.tables["audit"])
        assert verify(log.chains()).findings == ()
        return [entry.tag for entry in self.audit.entries(scope)]

    def status(self, asset_id: str = PICTURE) -> AssetStatus | None:
        record = self.library.record(asset_id)
        return record.status if record else None


Invoke = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def deployment(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    models = Path(__file__).parents[2] / "build/models"
    made = Deployment(aws, str(models))
    for name, value in made.told.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def invoke(deployment: Deployment) -> Iterator[Invoke]:
    """Invoke a function by its folder, in a process that already knows it or not."""
    with ExitStack() as stack:
        warm: dict[str, Any] = {}

        def call(folder: str, event: dict[str, Any]) -> dict[str, Any]:
            if folder not in warm:
                warm[folder] = stack.enter_context(imported(f"{folder}.handler"))
            answer: dict[str, Any] = warm[folder].handler(event, FakeContext())
            return json.loads(json.dumps(answer))  # type: ignore[no-any-return]  # as Lambda does

        yield call


def s3_event(*keys: str) -> str:
    return json.dumps({"Records": [{"s3": {"object": {"key": key}}} for key in keys]})


def detection(asset_id: str = PICTURE) -> dict[str, Any]:
    return sqs_event(json.dumps({"asset_id": asset_id}))


def upload_event(asset_id: str = PICTURE) -> dict[str, Any]:
    return sqs_event(s3_event(original_key(asset_id)))


def staff(
    invoke: Invoke, method: str, path: str, body: Any = None, **headers: str
) -> tuple[dict[str, Any], str]:
    """Ask the staff's function as API Gateway does; its answer, and the entity tag."""
    user = User(EDITOR, frozenset({Role.EDITOR}), datetime.now(UTC))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    event = request(method, path, user=user, body=body, headers=named)
    answer = invoke("api.staff_api", event)
    assert answer["statusCode"] < 300, answer["body"]
    return json.loads(answer["body"]), answer["headers"].get("ETag", "")


def ask(invoke: Invoke, data: bytes | None = None) -> str:
    data = data or picture_of()
    order = {
        "file_name": FILE_NAME,
        "media_type": "image/jpeg",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    key = new_id()
    answer, _ = staff(invoke, "POST", "/v1/uploads", order, Idempotency_Key=key)
    return str(answer["asset_id"])


def confirm(invoke: Invoke, asset_id: str) -> None:
    """Say that the face is Ann, of the picture as it was just read."""
    path = f"/v1/assets/{asset_id}"
    _, tag = staff(invoke, "GET", path)
    path = f"{path}/faces/{FACE.face_id}/people/{ANN}"
    staff(invoke, "PUT", path, {"answer": "confirm"}, If_Match=tag)


def examined(deployment: Deployment, asset_id: str) -> None:
    """One face found, without a detector; Ann is known, and signed."""
    record = deployment.library.record(asset_id)
    assert record is not None
    deployment.library.examine(record, [FACE], True, "detector", datetime.now(UTC))
    deployment.register.add_person(Person(ANN, "Ann"), deployment.keys, NOON)
    signed = grant(ANN, until=None)
    deployment.register.sign(quitclaim(signed), [signed])


# -- the first day, function by function -----------------------------------------------


def test_a_picture_goes_from_its_form_to_its_release_through_the_handlers(
    deployment: Deployment, invoke: Invoke, capsys: pytest.CaptureFixture[str]
) -> None:
    asset_id = ask(invoke)
    assert deployment.status(asset_id) is AssetStatus.EXPECTED
    deployment.upload(asset_id)
    nothing_failed: dict[str, list[str]] = {"batchItemFailures": []}
    assert invoke("intake.receive_upload", upload_event(asset_id)) == nothing_failed
    assert deployment.status(asset_id) is AssetStatus.RECEIVED
    assert deployment.aws.bodies(deployment.detections) == [
        json.dumps({"asset_id": asset_id})
    ]
    examined(deployment, asset_id)
    asset = {"asset_id": asset_id}
    assert invoke("clearance.check_permit", asset) == {
        "asset_id": asset_id,
        "outcome": "detect",
        "refusal": "recognition_mode_off",
    }
    assert invoke("clearance.check_consent", asset)["outcome"] == "embargoed"
    confirm(invoke, asset_id)
    assert deployment.started() == {asset_id}
    assert invoke("clearance.check_consent", asset)["outcome"] == "ready"
    path = f"/v1/assets/{asset_id}"
    _, tag = staff(invoke, "GET", path)
    order = {"channels": ["website"]}
    released, _ = staff(invoke, "POST", f"{path}/release", order, If_Match=tag)
    assert released["decision"]["leaves"] == {"website": "clear"}
    # Consent has no end here: it holds as long as the picture is kept.
    record = deployment.library.record(asset_id)
    assert record is not None
    term = RetentionPolicy().ends(RetentionKind.ASSETS, record.announcement.announced_at)
    assert term is not None
    said = datetime.fromisoformat(released["decision"]["valid_until"])
    assert said == record.ends_at == term
    assert deployment.status(asset_id) is AssetStatus.RELEASED
    assert deployment.tags(asset_id) == [
        "intake:asset:receive",
        "clearance:asset:decide",
        "clearance:appearance:confirm",
        "clearance:asset:decide",
        "clearance:asset:release",
    ]
    logged = capsys.readouterr()
    assert logged.out.count(asset_id) >= 3
    for personal in (FILE_NAME, "Jan", "Ann", "website-"):
        assert personal not in logged.out + logged.err


@pytest.mark.usefixtures("models")
def test_the_detecting_function_looks_with_the_real_model(
    deployment: Deployment, invoke: Invoke
) -> None:
    asset_id = ask(invoke)
    deployment.upload(asset_id)
    invoke("intake.receive_upload", upload_event(asset_id))
    answer = invoke("recognition.detect_faces", detection(asset_id))
    assert answer == {"batchItemFailures": []}
    record = deployment.library.record(asset_id)
    assert record is not None
    assert (record.status, record.face_count) == (AssetStatus.EXAMINED, 0)
    assert deployment.started() == {asset_id}
    assert deployment.tags(asset_id)[-1] == "recognition:faces:detect"


@pytest.mark.usefixtures("models")
def test_a_detection_before_the_picture_is_received_comes_back(
    deployment: Deployment, invoke: Invoke
) -> None:
    asset_id = ask(invoke)
    answer = invoke("recognition.detect_faces", detection(asset_id))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.mark.parametrize(
    "folder", ["recognition.suggest_people", "recognition.enrol_person"]
)
def test_r01_on_a_fresh_deployment_the_recognising_functions_refuse_by_name(
    deployment: Deployment, invoke: Invoke, folder: str
) -> None:
    """The workflow catches the refusal by the name of its class."""
    asset_id = ask(invoke)
    deployment.upload(asset_id)
    invoke("intake.receive_upload", upload_event(asset_id))
    examined(deployment, asset_id)
    photo = {"asset_id": asset_id, "face_id": FACE.face_id}
    event: dict[str, Any] = (
        {"asset_id": asset_id}
        if folder.endswith("suggest_people")
        else {"person_id": ANN, "actor_id": EDITOR, "photos": [photo]}
    )
    with pytest.raises(PermitRefusedError) as caught:
        invoke(folder, event)
    assert type(caught.value).__name__ == "PermitRefusedError"
    assert not any(
        item["sk"]["S"].startswith("TEMPLATE#")
        for item in deployment.aws.items(deployment.tables["biometrics"])
    )


def test_a_renewal_and_a_withdrawal_find_nobody_on_a_fresh_deployment(
    deployment: Deployment, invoke: Invoke
) -> None:
    asked = {"actor_id": EDITOR, "walk": None}
    answer = invoke("recognition.renew_templates", asked)
    assert (answer["outcome"], answer["renewed"]) == ("again", 0)
    event = {"person_id": ANN, "fact_id": EDITOR}
    assert invoke("consent.destroy_template", event)["outcome"] == "kept"


def test_only_the_messages_that_failed_come_back(
    deployment: Deployment, invoke: Invoke, capsys: pytest.CaptureFixture[str]
) -> None:
    asset_id = ask(invoke)
    deployment.upload(asset_id)
    event = sqs_event(
        s3_event(original_key(asset_id)),
        f"not from S3, but from {ADDRESS}",
        json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"}),
        s3_event("originals/Jan+de+Vries.jpg"),
        s3_event(original_key(new_id())),
    )
    answer = invoke("intake.receive_upload", event)
    assert [f["itemIdentifier"] for f in answer["batchItemFailures"]] == [
        "message-1",
        "message-3",
    ]
    assert deployment.status(asset_id) is AssetStatus.RECEIVED
    logged = capsys.readouterr()
    assert "UnexpectedMessageError" in logged.out
    assert "InvalidIdError" in logged.out
    assert ADDRESS not in logged.out + logged.err
    assert "Vries" not in logged.out + logged.err


def test_an_object_nobody_announced_ends_rejected_and_visible(
    deployment: Deployment, invoke: Invoke
) -> None:
    deployment.upload()
    invoke("intake.receive_upload", upload_event())
    rejected = deployment.library.in_status(AssetStatus.REJECTED)
    assert [r.asset_id for r in rejected] == [PICTURE]


def test_what_cannot_be_an_event_is_refused_without_being_quoted(
    deployment: Deployment, invoke: Invoke
) -> None:
    events: dict[str, dict[str, Any]] = {
        "clearance.check_permit": {"asset_id": ADDRESS},
        "clearance.check_consent": {"asset_id": ADDRESS},
    }
    for folder, event in events.items():
        with pytest.raises(ValidationError) as caught:
            invoke(folder, event)
        assert ADDRESS not in str(caught.value)


def test_the_reconciler_says_again_what_s3_said_and_nobody_heard(
    deployment: Deployment, invoke: Invoke
) -> None:
    deployment.upload()
    assert invoke("intake.reconcile_uploads", {}) == {
        "unrecorded": 1,
        "pushed": 0,
        "given_up": 0,
        "lost": 0,
    }
    (body,) = deployment.aws.bodies(deployment.uploads)
    assert invoke("intake.receive_upload", sqs_event(body)) == {"batchItemFailures": []}
    assert deployment.status() is AssetStatus.REJECTED


def test_the_sweep_starts_the_workflow_for_what_has_ended(
    deployment: Deployment, invoke: Invoke
) -> None:
    from clearance.check_consent.step import check_consent  # noqa: PLC0415

    asset_id = ask(invoke)
    deployment.upload(asset_id)
    invoke("intake.receive_upload", upload_event(asset_id))
    record = deployment.library.record(asset_id)
    assert record is not None
    deployment.library.examine(record, [FACE], True, "detector", NOON)
    signed = grant(ANN, until=NOON)
    deployment.register.sign(quitclaim(signed), [signed])
    record = deployment.library.record(asset_id)
    assert record is not None
    ann = Appearance(
        asset_id, FACE.face_id, ANN, AppearanceStatus.CONFIRMED, EDITOR, NOON
    )
    deployment.library.settle(record, ann)
    from beeldrecht.runtime.events import AssetEvent  # noqa: PLC0415

    check_consent(
        AssetEvent(asset_id=asset_id),
        deployment.library,
        deployment.register,
        NoBases(),
        signed.period.start,
    )
    assert invoke("clearance.sweep_decisions", {}) == {"count": 1}
    assert deployment.started() == {asset_id}


def test_every_function_says_which_variable_it_misses(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [spec for spec in FUNCTIONS if Setting.LIBRARY_TABLE in spec.settings]
    assert len(told) > 8
    for spec in told:
        with monkeypatch.context() as patch:
            patch.delenv("LIBRARY_TABLE")
            with (
                pytest.raises(ValidationError, match="library_table"),
                imported(spec.handler.rpartition(".")[0]),
            ):
                pass


# -- ended at any call that writes -----------------------------------------------------


class Calls:
    """Counts the calls that write, of every client, and can end the process at one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self.end_at: tuple[int, When] | None = None
        make = BaseClient._make_api_call  # type: ignore[attr-defined]

        def counted(client: BaseClient, operation: str, given: dict[str, Any]) -> Any:
            if not WRITES.match(operation):
                return make(client, operation, given)
            self.names.append(operation)
            self._end(When.BEFORE)
            answer = make(client, operation, given)
            self._end(When.AFTER)
            return answer

        monkeypatch.setattr(BaseClient, "_make_api_call", counted)

    def _end(self, when: When) -> None:
        if self.end_at == (len(self.names), when):
            self.end_at = None
            raise Killed(f"{when} {self.names[-1]}")


def what_came_of_it(deployment: Deployment, asset_id: str) -> dict[str, Any]:
    found = deployment.library.picture(asset_id)
    assert found is not None
    record, asset, appearances = found
    return {
        "status": record.status,
        "original": record.original and record.original.sha256,
        "renditions": record.renditions,
        "rejection": record.rejection,
        "faces": asset.faces,
        "appearances": [(a.face_id, a.person_id, a.status) for a in appearances],
        "tags": list(dict.fromkeys(deployment.tags(asset_id))),
        "started": asset_id in deployment.started(),
    }


def received_again(deployment: Deployment, invoke: Invoke, asset_id: str) -> None:
    invoke("intake.receive_upload", upload_event(asset_id))


def confirmed_again(deployment: Deployment, invoke: Invoke, asset_id: str) -> None:
    confirm(invoke, asset_id)


def decided_again(deployment: Deployment, invoke: Invoke, asset_id: str) -> None:
    invoke("clearance.check_consent", {"asset_id": asset_id})


@pytest.mark.parametrize(
    ("act", "writes"), [(received_again, 8), (confirmed_again, 2), (decided_again, 1)]
)
@pytest.mark.parametrize("when", When)
def test_ended_at_any_call_that_writes_and_tried_again_it_comes_to_the_same(
    deployment: Deployment,
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Deployment, Invoke, str], None],
    writes: int,
    when: When,
) -> None:
    def scene(number: int) -> str:
        # Different bytes, so that none of them is another's duplicate.
        picture = picture_of(shade=40 + 17 * number)
        asset_id = ask(invoke, picture)
        deployment.upload(asset_id, picture)
        if act is not received_again:
            invoke("intake.receive_upload", upload_event(asset_id))
            examined(deployment, asset_id)
        return asset_id

    undisturbed, *scenes = [scene(n) for n in range(writes + 1)]
    calls = Calls(monkeypatch)
    act(deployment, invoke, undisturbed)
    assert len(calls.names) == writes, calls.names
    expected = what_came_of_it(deployment, undisturbed)
    for place, asset_id in enumerate(scenes, start=1):
        calls.names.clear()
        calls.end_at = (place, when)
        with pytest.raises(Killed):
            act(deployment, invoke, asset_id)
        act(deployment, invoke, asset_id)
        came = what_came_of_it(deployment, asset_id)
        sha256 = came["original"]
        assert came == expected | {"original": sha256}, (place, when)


def test_a_picture_that_we_failed_on_is_received_when_its_event_is_sent_again(
    deployment: Deployment, invoke: Invoke
) -> None:
    asset_id = ask(invoke)
    deployment.upload(asset_id)
    record = deployment.library.record(asset_id)
    assert record is not None
    deployment.library.reject(record, Rejection(PROCESSING_FAILED), NOON)
    invoke("intake.receive_upload", upload_event(asset_id))
    assert deployment.status(asset_id) is AssetStatus.RECEIVED

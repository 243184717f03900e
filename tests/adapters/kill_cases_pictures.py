"""What is decided of pictures and made of them: gone through with its functions ended."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.packages import Packages
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.governance import RegisterKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import RenditionName, original_key
from beeldrecht.domain.packages import Package
from beeldrecht.domain.permits import Assessment, RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import Period
from beeldrecht_recognition.templates import MODEL_ID, PersonTemplate
from beeldrecht_vision.signing import FileSigner
from tests.adapters.contracts.consents import a_signed
from tests.adapters.erasing_house import NOW, OFFICER, YEAR, jpeg_of
from tests.adapters.kill_scene import AT, Case, Scene
from tests.fakes.certificates import FakeSigner
from tests.fakes.films import Watched
from tests.fakes.governance import signature_of, version_of
from tests.fakes.recognising import FakeRecogniser, Likeness
from tests.fakes.runtime import REGION, sqs_event
from tests.fakes.samples import ANN, EDITOR, FILM, Sight, announcement, seen

_SUGGEST: Final = "recognition.suggest_people.handler"
_RELOOK: Final = "recognition.relook_pictures.handler"
_EVENTS: Final = Path(__file__).parents[2] / "functions"


def _sample(folder: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((_EVENTS / folder / "event.json").read_text())
    return event


def _of_shared(scene: Scene, folder: str) -> dict[str, Any]:
    """The sample event of a function, about the picture with two people in it."""
    house = scene.house
    record = house.record(house.shared)
    about = {"asset_id": house.shared, "revision": record.revision}
    return {**_sample(folder), **about, "face_ids": [house.anns.face_id]}


def _mask_asset(scene: Scene) -> None:
    event = _of_shared(scene, "egress/mask_asset")
    assert scene.run("mask_asset", event)["outcome"] == "made"
    assert scene.run("mask_asset", event)["outcome"] == "found"


def _render_asset(scene: Scene) -> None:
    module = scene.functions.module("egress.render_asset.handler")
    # Moto signs a digest as if it were a message: what it signs so is not true.
    signer = FileSigner(FakeSigner(), "Gemeente Voorbeeld", lambda: NOW)
    module._writer = replace(module._writer, signer=signer)
    event = {**_of_shared(scene, "egress/render_asset"), "crop": "whole_picture"}
    assert scene.run("render_asset", event)["outcome"] == "made"
    assert scene.run("render_asset", event)["outcome"] == "found"


# -- taken in --------------------------------------------------------------------------


def _sent(scene: Scene, file: bytes | None = None) -> str:
    """A file lies where it was announced to come, and nobody took it in yet."""
    house, asset_id = scene.house, derived_id("sent")
    file = file or jpeg_of(house.shown["own"])
    said = replace(
        announcement(asset_id), size=len(file), sha256=sha256(file).hexdigest()
    )
    house.library.announce(said, NOW + YEAR)
    house.s3.put_object(
        Bucket=house.buckets["originals"], Key=original_key(asset_id), Body=file
    )
    return asset_id


def _receive_upload(scene: Scene, file: bytes | None = None) -> None:
    key = original_key(_sent(scene, file))
    told = json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})
    assert scene.run("receive_upload", sqs_event(told)) == {"batchItemFailures": []}
    assert scene.house.record(derived_id("sent")).original is not None


def _detect_faces(scene: Scene) -> None:
    """A picture that was received is looked through; what is seen is told."""
    _receive_upload(scene)
    module = scene.functions.module("recognition.detect_faces.handler")
    module._look = lambda _jpeg, _turned: Sight((seen(0), seen(1)))
    event = sqs_event(json.dumps({"asset_id": derived_id("sent")}))
    assert scene.run("detect_faces", event) == {"batchItemFailures": []}
    assert scene.house.record(derived_id("sent")).face_count == 2


def _open_film(scene: Scene) -> None:
    """A film gets its poster, and where faces were seen in it is told."""
    _receive_upload(scene, FILM)
    module = scene.functions.module("recognition.detect_faces.handler")
    module._films.look_through = lambda _record: Watched()
    module._look = lambda _jpeg, _turned: Sight((seen(0),))
    event = sqs_event(json.dumps({"asset_id": derived_id("sent")}))
    assert scene.run("detect_faces", event) == {"batchItemFailures": []}
    record = scene.house.record(derived_id("sent"))
    assert record.renditions == set(RenditionName)
    assert record.face_count == 1


def _reconcile_uploads(scene: Scene) -> None:
    """S3 said nothing of a file; and what nobody takes in is given up in the end."""
    house, asset_id = scene.house, _sent(scene)
    house.s3.put_object(
        Bucket=house.buckets["originals"],
        Key=original_key(derived_id("unannounced")),
        Body=b"?",
    )
    for hour in range(1, 4):
        scene.on(AT + hour * timedelta(hours=1))
        assert scene.run("reconcile_uploads")["unrecorded"] == 1
        assert house.record(asset_id).attempts == hour
    scene.on(AT + timedelta(hours=4))
    assert scene.run("reconcile_uploads")["given_up"]
    assert house.record(asset_id).rejection is not None


# -- decided, and looked at again ------------------------------------------------------


def _recognised(scene: Scene, mode: RecognitionMode) -> None:
    """Recognition is on, under an assessment that an officer signed."""
    house, record_id = scene.house, derived_id("an assessment")
    governance = Governance(house.tables["library"], REGION, house.trail)
    version = version_of(RegisterKind.DPIA, record_id, OFFICER, NOW)
    assert governance.add(version, house.said(record_id, "record"))
    signed = signature_of(version, OFFICER, NOW, (NOW + YEAR).date())
    assert governance.sign(record_id, signed, house.said(record_id, "sign"))
    holds = Assessment(record_id, OFFICER, Period(NOW, None))
    setting = RecognitionSetting(mode, holds, OFFICER, NOW)
    house.library.switch_recognition(setting, house.said("recognition", "switch"))


def _enrolled(scene: Scene) -> str:
    """Somebody nobody has named, who is likely Ann, in a session of which she is."""
    house, session_id, asset_id = scene.house, derived_id("closed"), derived_id("unnamed")
    session = Session(
        session_id, NOW.date(), closed=True, head_count=1, attested_by=EDITOR
    )
    house.sessions.create(session, house.said(session_id, "session"))
    house.signatures.record(
        a_signed(ANN, NOW, NOW + YEAR, session_id=session_id),
        house.names,
        house.said(ANN, "renew"),
        link=None,
        request=None,
        contact=None,
        person=None,
    )
    house.takes(asset_id, "own", ((house.anns, None),), "Somebody", session_id)
    template = PersonTemplate(np.eye(1, 128, dtype=np.float32)[0], 3).to_bytes()
    house.templates.save(ANN, MODEL_ID, template, NOW + YEAR)
    return asset_id


def _recogniser() -> FakeRecogniser:
    """Says that the first face is hers, where a permit lets it; no network is asked."""
    fake = FakeRecogniser(Likeness(0, ANN))
    fake.model_id = MODEL_ID
    return fake


def _clear_asset(scene: Scene) -> None:
    """A picture of a closed session: somebody is proposed, and it stays in."""
    _recognised(scene, RecognitionMode.CLOSED_SESSION)
    asset_id = _enrolled(scene)
    scene.functions.module(_SUGGEST)._recogniser = _recogniser()
    assert scene.walk("clear_asset", {"asset_id": asset_id}) == "Embargoed"
    assert list(scene.house.library.appearances_of(ANN))


def _relook(scene: Scene) -> None:
    """She enrolled: decided pictures in which she may be are looked at again."""
    _recognised(scene, RecognitionMode.CLOSED_SESSION)
    asset_id = _enrolled(scene)
    scene.run("check_consent", {"asset_id": asset_id})
    module = scene.functions.module(_RELOOK)
    module._house = replace(module._house, recogniser=_recogniser())
    given = {"enrolment_id": derived_id("enrolled"), "person_id": ANN}
    assert scene.walk("relook", given) == "Looked"


def _lapse_recognition(scene: Scene) -> None:
    """Nothing carries it any more: it is off, and the officers hear of it."""
    _recognised(scene, RecognitionMode.CLOSED_SESSION)
    scene.on(NOW + 2 * YEAR)
    assert scene.run("lapse_recognition") == {"lapsed": True, "told": 1}


def _pack_assets(scene: Scene) -> None:
    """A released picture is packed for who ordered it."""
    house = scene.house
    package = Package(
        package_id=derived_id("ordered"),
        made_by=EDITOR,
        made_at=NOW,
        asset_ids=(house.shared,),
        channel=Channel.WEBSITE,
        place=Place.WORLD,
    )
    packages = Packages(house.tables["library"], REGION, house.trail)
    assert packages.create(package, house.said(package.package_id, "package"))
    answer = scene.run("pack_assets", {"package_id": package.package_id})
    assert answer == {"outcome": "packed", "pictures": 1, "left_out": 0}


def _sweep_decisions(scene: Scene) -> None:
    """What was decided held until a consent ended: it is decided on anew."""
    scene.on(AT + YEAR + timedelta(days=1))
    assert scene.run("sweep_decisions")["count"] >= 1


def _checkpoint_audit(scene: Scene) -> None:
    assert scene.run("checkpoint_audit")["entries"] > 0


def _follow_library(scene: Scene) -> None:
    """All that is on record of pictures comes along the stream once more."""
    house = scene.house
    records = [
        {
            "eventID": str(number),
            "eventName": "INSERT",
            "dynamodb": {
                "Keys": {name: item[name] for name in ("pk", "sk")},
                "NewImage": item,
            },
        }
        for number, item in enumerate(house.aws.items(house.tables["library"]))
    ]
    answer = scene.run("follow_library", {"Records": records})
    assert answer == {"batchItemFailures": []}


CASES: Final = (
    Case("receive_upload", _receive_upload, functions=("receive_upload",)),
    Case("detect_faces", _detect_faces, functions=("receive_upload", "detect_faces")),
    Case("open_film", _open_film, functions=("receive_upload", "detect_faces")),
    Case("reconcile_uploads", _reconcile_uploads, functions=("reconcile_uploads",)),
    Case(
        "clear_asset",
        _clear_asset,
        workflows=("clear_asset",),
        anew=("recognition:people:suggest", "clearance:asset:decide"),
    ),
    Case(
        "relook",
        _relook,
        workflows=("relook",),
        functions=("check_consent",),
        idle=("destroy_template",),
        anew=("recognition:people:relook", "clearance:asset:decide"),
    ),
    Case("lapse_recognition", _lapse_recognition, functions=("lapse_recognition",)),
    Case("mask_asset", _mask_asset, functions=("mask_asset",)),
    Case("render_asset", _render_asset, functions=("render_asset",), signed=True),
    Case("pack_assets", _pack_assets, functions=("pack_assets",)),
    Case("sweep_decisions", _sweep_decisions, functions=("sweep_decisions",)),
    Case("checkpoint_audit", _checkpoint_audit, functions=("checkpoint_audit",)),
    Case("follow_library", _follow_library, functions=("follow_library",)),
)

"""What is done about rights and terms, and by officers: gone through with its functions
ended.
"""

from datetime import timedelta
from typing import Any, Final

from beeldrecht.adapters import keys
from beeldrecht.adapters.breaches import Breaches
from beeldrecht.adapters.expired_items import TIME_TO_LIVE
from beeldrecht.adapters.exports import beginning
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.search_items import SearchState
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.domain.breaches import Breach, BreachKind, BreachScope
from beeldrecht.domain.erasure import asset_erasure, person_erasure
from beeldrecht.domain.exports import begun
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind, mail_about
from beeldrecht.domain.retention import RetentionKind, seconds
from beeldrecht.domain.retention_runs import change_of, confirmed, wanted_policy
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    due_at,
)
from beeldrecht.domain.time import Period
from tests.adapters.erasing_house import NOW, OFFICER, REQUEST, YEAR, House
from tests.adapters.kill_scene import AT, Case, Scene
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN

_DAY: Final = timedelta(days=1)


def _built(house: House) -> None:
    """The index is made anew, without the pictures that have to go from it."""
    index = SearchState(house.tables["library"], REGION)
    index.purged(tuple(index.purges()), AT)


# -- workflows -------------------------------------------------------------------------


def _erase_person(scene: Scene) -> None:
    house, erasure = scene.house, person_erasure(REQUEST, ANN, OFFICER, NOW)
    scene.given_to_somebody(house.shared)
    assert house.erasures.start(erasure, house.said(ANN, "begin"))
    mail = mail_about(MailKind.ERASED, ANN, AT, erasure_id=erasure.erasure_id).mail_id

    def send() -> None:
        assert house.mails.claim(mail, AT)
        house.mails.sent(mail, "message", AT)

    given = {"erasure_id": erasure.erasure_id, "person_id": ANN}
    meanwhile = {
        "AwaitConfirmation": lambda: house.confirms(erasure),
        "WaitForPost": send,
        "VerifyErasure": lambda: _built(house),
    }
    assert scene.walk("erase_person", given, meanwhile) == "Erased"


def _erase_asset(scene: Scene) -> None:
    house, erasure = scene.house, asset_erasure(scene.house.shared, OFFICER, NOW)
    scene.given_to_somebody(house.shared)
    assert house.erasures.start(erasure, house.said(house.shared, "begin"))
    given = {"erasure_id": erasure.erasure_id, "asset_id": house.shared}
    meanwhile = {"VerifyErasure": lambda: _built(house)}
    assert scene.walk("erase_asset", given, meanwhile) == "Erased"
    assert not house.files_of(house.shared)


def _export_person(scene: Scene) -> None:
    house, export = scene.house, begun(derived_id("asked"), ANN, OFFICER, NOW)
    house.trail.record(house.said(ANN, "export"), beginning(export))
    given = {"export_id": export.export_id, "person_id": ANN}
    assert scene.walk("export_person", given) == "Packed"


def _apply_retention(scene: Scene) -> None:
    """Terms that an officer wants shorter: looked through, confirmed, and dated."""
    house, at = scene.house, NOW + 2 * YEAR
    scene.on(at)
    runs = RetentionRuns(house.tables["library"], REGION, house.trail, lambda: at)
    retention = Retention(house.tables["library"], REGION, house.trail)
    chosen = {RetentionKind.MAILS: 200, RetentionKind.ASSETS: 400}
    run = change_of(retention.policy(), chosen, OFFICER, at)
    assert runs.begin(run, house.said("retention", "propose"))
    given = {"run_id": run.run_id}
    assert scene.walk("apply_retention", given) == "Waits"
    found = runs.get(run.run_id)
    assert found is not None
    policy = retention.policy()
    after = confirmed(found, policy, OFFICER, at, above=True)
    said = house.said("retention", "confirm")
    runs.save(after, said, wanted_policy(found, policy, OFFICER, at))
    assert scene.walk("apply_retention", given) == "Applied"


# -- by themselves ---------------------------------------------------------------------


def _sweep_retention(scene: Scene) -> None:
    """A night's run is begun; and one that stands still is begun again."""
    night = (NOW + _DAY).replace(hour=4)
    scene.on(night)
    assert scene.run("sweep_retention") == {"begun": 1, "restarted": 0}
    scene.on(night + timedelta(hours=2))
    assert scene.run("sweep_retention") == {"begun": 0, "restarted": 1}


def _follow_expiry(scene: Scene) -> None:
    """A copy's record, a box, a proof and a picture ended, all told of at once."""
    house, at = scene.house, NOW + 20 * YEAR
    scene.on(at)
    library, consent = house.tables["library"], house.tables["consent"]
    scene.given_to_somebody(house.own)
    went = [
        each
        for table in (library, consent)
        for each in house.aws.items(table)
        if _ends(each, house)
    ]
    assert len(went) > 3
    for each in went:
        table = consent if "EVIDENCE" in each["pk"]["S"] else library
        house.aws.delete_item(table, each)
    told = {"Records": [_removed(n, each) for n, each in enumerate(went)]}
    assert scene.run("follow_expiry", told) == {"batchItemFailures": []}


def _ends(item: Any, house: House) -> bool:
    own, kind = item["pk"]["S"], item["kind"]["S"]
    if kind in {"face", "asset_term"}:
        return bool(own == keys.asset(house.own))
    return kind in {"evidence", "disclosure"}


def _removed(number: int, item: Any) -> dict[str, Any]:
    """As a stream tells that time to live took an item."""
    before = {**item, "expires_at": {"N": str(seconds(NOW + YEAR))}}
    return {
        "eventID": str(number),
        "eventName": "REMOVE",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "userIdentity": TIME_TO_LIVE,
        "dynamodb": {
            "Keys": {name: item[name] for name in ("pk", "sk")},
            "OldImage": before,
            "SequenceNumber": str(number),
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


def _remind_officers(scene: Scene) -> None:
    house = scene.house
    asked = SubjectRequest(
        derived_id("an objection"),
        ANN,
        SubjectRequestKind.OBJECTION,
        NOW,
        due_at(NOW),
    )
    requests = SubjectRequests(*house.consent)
    requests.create(asked, house.said(ANN, "object"), None)
    scene.on(asked.due_at.replace(hour=12) - 2 * _DAY)
    assert scene.run("remind_officers") == {"requests": 1, "told": 1}


def _assess_breach(scene: Scene) -> None:
    """Whom a breach of the last week touches is counted, and an officer reads it."""
    house, breach_id = scene.house, derived_id("a breach")
    breaches = Breaches(house.tables["library"], REGION, house.trail)
    scope = BreachScope(Period(NOW - 7 * _DAY, NOW + timedelta(minutes=1)))
    words = "A laptop was stolen."
    breach = Breach(breach_id, BreachKind.DRILL, scope, NOW, words, OFFICER, NOW)
    breaches.add(breach, house.said(breach_id, "breach"))
    answer = scene.run("assess_breach", {"breach_id": breach_id})
    assert answer["breach_id"] == breach_id


CASES: Final = (
    Case(
        "assess_breach",
        _assess_breach,
        functions=("assess_breach",),
        anew=("rights:breach:assess",),
    ),
    Case("erase_person", _erase_person, workflows=("erase_person",)),
    Case("erase_asset", _erase_asset, workflows=("erase_asset",)),
    Case("export_person", _export_person, workflows=("export_person",)),
    Case("apply_retention", _apply_retention, workflows=("apply_retention",)),
    Case("sweep_retention", _sweep_retention, functions=("sweep_retention",)),
    Case("follow_expiry", _follow_expiry, functions=("follow_expiry",)),
    Case("remind_officers", _remind_officers, functions=("remind_officers",)),
)

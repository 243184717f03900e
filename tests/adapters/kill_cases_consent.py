"""What becomes of a consent, and what leaves by it: gone through with its functions
ended.
"""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind, MailState, mail_about
from beeldrecht.domain.recalls import RecallState, asking
from beeldrecht.domain.time import instant
from tests.adapters.contracts.consents import a_signed
from tests.adapters.erasing_house import NOW, YEAR, House
from tests.adapters.kill_scene import AT, Case, Scene
from tests.fakes.runtime import sqs_event
from tests.fakes.samples import ANN, EDITOR

_DAY: Final = timedelta(days=1)


# -- asked and answered ----------------------------------------------------------------


def _asked(house: House) -> ConsentRequest:
    """Ann is asked for something by mail."""
    asked = ConsentRequest(
        request_id=derived_id("asked anew"),
        person_id=ANN,
        wording=f"{derived_id('wording')}.1",
        language="nl",
        delivery=Delivery.LINK,
        asked_by=EDITOR,
        asked_at=NOW,
        ends_at=NOW + LAPSE_AFTER,
    )
    ConsentRequests(*house.consent).create(asked, house.said(ANN, "asked"))
    return asked


def _request_consent(scene: Scene) -> None:
    """Nobody answers, and nobody does after the reminder."""
    given = {"request_id": _asked(scene.house).request_id}
    fails = dict.fromkeys(("AskPerson", "AskPersonAgain"), "States.Timeout")
    assert scene.walk("request_consent", given, fails=fails) == "Lapsed"


def _signs(house: House, request: ConsentRequest | None, at: datetime) -> str:
    signed = a_signed(ANN, at, at + 2 * YEAR)
    house.signatures.record(
        signed,
        house.names,
        house.said(ANN, "renew"),
        link=None,
        request=request,
        contact=None,
        person=None,
    )
    return signed.quitclaim.quitclaim_id


def _renew_consent(scene: Scene) -> None:
    """She answers what she was asked: who waits is told, and milestones are planned."""
    house, asked = scene.house, _asked(scene.house)
    requests = ConsentRequests(*house.consent)
    requests.keep_task(asked.request_id, "a token", NOW, asked.ends_at)
    given = {"person_id": ANN, "quitclaim_id": _signs(house, asked, AT)}
    assert scene.walk("renew_consent", given) == "Renewed"
    assert requests.task(asked.request_id) is None


def _reach_milestone(scene: Scene) -> None:
    end = max(g.period.end for g in _granted(scene) if g.period.end)
    scene.on(end - 7 * _DAY + timedelta(hours=1))
    [evidence] = {g.quitclaim_id for g in _granted(scene)}
    given = {
        "person_id": ANN,
        "quitclaim_id": evidence,
        "planned_for": (end - 7 * _DAY).isoformat(),
    }
    assert scene.run("reach_milestone", given) == {"told": 1}


def _granted(scene: Scene) -> Any:
    return scene.house.register.facts([ANN]).grants


def _sweep_consents(scene: Scene) -> None:
    """Days later: a request nobody ended, a mail nobody took, facts nobody followed."""
    scene.on(NOW + timedelta(hours=25))
    answer = scene.run("sweep_consents")
    assert answer["resent"]
    assert answer["started"]
    scene.on(NOW + YEAR - 5 * _DAY)
    answer = scene.run("sweep_consents")
    assert answer["lapsed"]
    assert answer["told"]


# -- taken back ------------------------------------------------------------------------


def _takes_back(scene: Scene) -> str:
    """Ann takes back all that she agreed to; somebody has a copy."""
    house, fact_id = scene.house, derived_id("taken back")
    scene.given_to_somebody(house.shared)
    back = [
        Withdrawal(derived_id("taken back", each.grant_id), each.grant_id, ANN, AT)
        for each in _granted(scene)
    ]
    assert house.register.take_back(ANN, back, house.said(ANN, "withdraw"))
    scene.on(AT + timedelta(minutes=1))
    return fact_id


def _withdraw_consent(scene: Scene) -> None:
    given = {"person_id": ANN, "fact_id": _takes_back(scene)}
    assert scene.walk("withdraw_consent", given) == "Withdrawn"
    assert not scene.house.templates.load(ANN, "sface_2021dec")


def _remind_recipients(scene: Scene) -> None:
    """Who was asked to remove a copy is reminded; who is not reached is on a list."""
    house, fact_id = scene.house, _takes_back(scene)
    told = {"fact_id": fact_id, "asset_ids": [house.shared]}
    assert scene.run("tell_recipients", told)["told"] == 1
    tables = (house.tables["library"], house.tables["consent"])
    recalls = Recalls(*tables, house.consent[1], house.trail)
    [recall] = recalls.of_asset(house.shared, AT)
    at = AT + timedelta(hours=2)
    mail_id = asking(recall, at).mail_id
    assert house.mails.claim(mail_id, at)
    house.mails.sent(mail_id, "a message", at)
    scene.on(at)
    assert scene.run("remind_recipients")["looked_at"] == 1
    at += 8 * _DAY
    scene.on(at)
    assert scene.run("remind_recipients")["reminded"] == 1
    found = recalls.get(recall.recall_id, at)
    assert found is not None
    mail_id = asking(found, at).mail_id
    assert house.mails.claim(mail_id, at)
    house.mails.outcome(mail_id, MailState.BOUNCED, at)
    at += 8 * _DAY
    scene.on(at)
    assert scene.run("remind_recipients")["unreachable"] == 1
    found = recalls.get(recall.recall_id, at)
    assert found is not None
    assert found.state is RecallState.UNREACHABLE


# -- mail ------------------------------------------------------------------------------


def _note_delivery(scene: Scene) -> None:
    """A mail bounced for good: its record says so, and her address is marked."""
    house = scene.house
    mail = mail_about(MailKind.ENDED, ANN, NOW, quitclaim_id=derived_id("a document"))
    house.mails.add(mail)
    house.mails.claim(mail.mail_id, NOW)
    said = {
        "event": "Email Bounced",
        "mail_id": [mail.mail_id],
        "message_id": "a-message",
        "at": instant(AT).isoformat(),
        "bounce": "Permanent",
    }
    answer = scene.run("note_delivery", sqs_event(json.dumps(said)))
    assert answer == {"batchItemFailures": []}
    after = house.mails.get(mail.mail_id)
    assert after is not None
    assert after.state is MailState.BOUNCED


def _follow_register(scene: Scene) -> None:
    """All that is on record about her comes along the stream once more."""
    house = scene.house
    items = house.aws.items(house.tables["consent"])
    records = [_put(number, item) for number, item in enumerate(items)]
    answer = scene.run("follow_register", {"Records": records})
    assert answer == {"batchItemFailures": []}


def _put(number: int, item: Any) -> dict[str, Any]:
    return {
        "eventID": str(number),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "Keys": {name: item[name] for name in ("pk", "sk")},
            "NewImage": item,
            "SequenceNumber": str(number),
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


CASES: Final = (
    Case("request_consent", _request_consent, workflows=("request_consent",)),
    Case("renew_consent", _renew_consent, workflows=("renew_consent",)),
    Case("withdraw_consent", _withdraw_consent, workflows=("withdraw_consent",)),
    Case(
        "remind_recipients",
        _remind_recipients,
        functions=("tell_recipients", "remind_recipients"),
    ),
    Case("reach_milestone", _reach_milestone, functions=("reach_milestone",)),
    Case("sweep_consents", _sweep_consents, functions=("sweep_consents",)),
    Case("note_delivery", _note_delivery, functions=("note_delivery",)),
    Case("follow_register", _follow_register, functions=("follow_register",)),
)

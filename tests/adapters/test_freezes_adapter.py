"""A freeze of a picture and its end: facts with their entries, in real tables too."""

from datetime import timedelta

from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.freezes import Freezes
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.freezing import frozen
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.time import Period
from tests.adapters.aws import Aws
from tests.adapters.consents import RealConsents
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.freezes import FakeFreezes
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON

HOUR = timedelta(hours=1)
BEGUN, ENDED = "api:asset:restrict", "api:asset:unrestrict"


def said(subject: str, tag: str) -> NewEntry:
    return NewEntry(subject, f"{tag}:{new_id()}", tag, NOON, EDITOR)


def once_each(
    freezes: Freezes | FakeFreezes, register: ConsentRegister | FakeConsentRegister
) -> str:
    """What both promise: on record once, over once, and again."""
    asset_id = new_id()
    freeze = frozen(asset_id, (), NOON)
    assert freezes.begin(freeze, said(asset_id, BEGUN))
    assert not freezes.begin(freeze, said(asset_id, BEGUN))
    assert register.facts((), asset_id).restrictions == (freeze,)
    assert freezes.end(freeze, NOON + HOUR, said(asset_id, ENDED))
    assert not freezes.end(freeze, NOON + 2 * HOUR, said(asset_id, ENDED))
    (over,) = register.facts((), asset_id).restrictions
    assert over.period == Period(NOON, NOON + HOUR)
    again = frozen(asset_id, (over,), NOON + 3 * HOUR)
    assert freezes.begin(again, said(asset_id, BEGUN))
    assert set(register.facts((), asset_id).restrictions) == {over, again}
    return asset_id


def test_r10_a_freeze_is_on_record_once_and_over_once(aws: Aws) -> None:
    consents = RealConsents(aws)
    freezes = Freezes(consents.table, REGION, consents.trail)
    asset_id = once_each(freezes, consents.register)
    tags = [entry.tag for entry in consents.trail.entries(asset_id)]
    assert tags == [BEGUN, ENDED, BEGUN]


def test_the_fake_keeps_the_same_promise() -> None:
    trail = FakeAuditTrail()
    register = FakeConsentRegister(trail=trail)
    asset_id = once_each(FakeFreezes(trail, register), register)
    assert [entry.tag for entry in trail.entries(asset_id)] == [BEGUN, ENDED, BEGUN]

"""What calls a copy back, and what does not (R12)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Place, Verdict
from beeldrecht.domain.decisions import Decision, Finding, FindingId, Outcome
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.recalls import (
    LOOK_AFTER,
    REMIND_AFTER,
    Recall,
    RecallReason,
    RecallState,
    about,
    against,
    asking,
    called_back,
    called_back_for_erasure,
    gone,
    holds,
    lifted,
    recall_id,
    reminded,
    told,
)
from beeldrecht.domain.time import NaiveInstantError
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, OTHER, PICTURE, UPLOADER

DAY = timedelta(days=1)
FACT, LATER = derived_id("test", "fact"), derived_id("test", "later")
ANNS_FACE, BOBS_FACE = derived_id("test", "face 1"), derived_id("test", "face 2")
WEB, PRINT = Channel.WEBSITE, Channel.PRINT


def copy(
    channel: Channel | None = WEB,
    recipient_id: str = EDITOR,
    masked: frozenset[str] = frozenset(),
    at: datetime = NOON - DAY,
    place: Place = Place.WORLD,
    kind: DisclosureKind = DisclosureKind.DOWNLOAD,
) -> Disclosure:
    """A copy of the picture that left the day before."""
    return Disclosure(
        derived_id("test", recipient_id, str(channel), at.isoformat(), str(place)),
        PICTURE,
        kind,
        recipient_id,
        channel,
        place,
        "working",
        masked,
        at,
        revision=3,
    )


def decision(*findings: Finding) -> Decision:
    """A decision that found this; what it says of channels is not asked here."""
    return Decision(NOON, None, findings, {}, Outcome.EMBARGOED, {})


def found(
    id_: FindingId = FindingId.GRANT_WITHDRAWN,
    face_id: str = ANNS_FACE,
    channel: Channel | None = WEB,
) -> Finding:
    """Something that was found."""
    return Finding(id_, face_id, ANN, channel)


TAKEN_BACK = {Place.WORLD: decision(found())}
FREE = {Place.WORLD: decision(found(FindingId.GRANT_IN_FORCE))}


def recalled(
    *copies: Disclosure,
    decisions: dict[Place, Decision] | None = None,
    recalls: tuple[Recall, ...] = (),
    fact: str = FACT,
    at: datetime = NOON,
) -> tuple[Recall, ...]:
    """What is called back, where Ann has taken back the website."""
    told_by = TAKEN_BACK if decisions is None else decisions
    return called_back(fact, copies, told_by, recalls, at)


# -- what a copy shows -------------------------------------------------------------------


def test_a_copy_that_shows_who_took_it_back_is_called_back() -> None:
    [recall] = recalled(copy())
    assert recall == Recall(
        recall_id(FACT, PICTURE, EDITOR),
        PICTURE,
        EDITOR,
        FACT,
        frozenset({WEB}),
        NOON,
        RecallReason.WITHDRAWAL,
        next_at=NOON + LOOK_AFTER,
    )


def test_a_copy_in_which_that_face_is_covered_is_not() -> None:
    assert recalled(copy(masked=frozenset({ANNS_FACE}))) == ()
    assert len(recalled(copy(masked=frozenset({BOBS_FACE})))) == 1


def test_a_copy_for_another_channel_is_not() -> None:
    assert recalled(copy(PRINT)) == ()
    everywhere = {Place.WORLD: decision(found(FindingId.PERSON_OBJECTED, channel=None))}
    assert len(recalled(copy(PRINT), decisions=everywhere)) == 1


def test_what_it_was_given_for_is_asked_at_the_place_it_was_given_for() -> None:
    here = {
        Place.NETHERLANDS: decision(found(FindingId.GRANT_IN_FORCE)),
        Place.WORLD: decision(found(FindingId.NOT_GRANTED_HERE)),
    }
    assert recalled(copy(place=Place.NETHERLANDS), decisions=here) == ()
    assert len(recalled(copy(place=Place.WORLD), decisions=here)) == 1


def test_a_copy_for_no_use_in_particular_has_to_be_free_for_each() -> None:
    [recall] = recalled(copy(None))
    assert recall.channels == frozenset(ALL_CHANNELS)
    assert recalled(copy(None), decisions=FREE) == ()


def test_of_a_picture_that_is_gone_no_copy_may_be_kept() -> None:
    [recall] = recalled(copy(masked=frozenset({ANNS_FACE})), decisions={})
    assert recall.reason is RecallReason.NOT_CLEARED


def test_an_export_is_its_own_subjects() -> None:
    own = copy(None, kind=DisclosureKind.EXPORT)
    assert recalled(own) == ()
    assert called_back_for_erasure(FACT, [own], None, (), NOON) == ()


@given(st.sets(st.sampled_from(list(FindingId))), st.booleans())
def test_a_copy_holds_just_when_nothing_that_it_shows_is_less_than_clear(
    ids: set[FindingId], covered: bool
) -> None:
    said = decision(*(found(each) for each in sorted(ids)))
    masked = frozenset({ANNS_FACE}) if covered else frozenset()
    # A newer file is no reason by itself: whoever is in a copy agreed to that one.
    less = {each.id for each in said.findings if each.verdict is not Verdict.CLEAR}
    clear = less <= {FindingId.VERSION_REPLACED}
    assert holds(copy(masked=masked), said) == (clear or covered)


@given(st.sets(st.sampled_from([ANNS_FACE, BOBS_FACE])), st.sets(st.booleans()))
def test_covering_more_never_calls_more_back(faces: set[str], both: set[bool]) -> None:
    said = decision(found(), *(found(face_id=BOBS_FACE) for _ in both))
    less, more = (
        copy(masked=frozenset(faces)),
        copy(masked=frozenset({*faces, ANNS_FACE})),
    )
    assert set(against(more, said)) <= set(against(less, said))


# -- why ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ((FindingId.GRANT_WITHDRAWN, FindingId.PERSON_OBJECTED), RecallReason.WITHDRAWAL),
        ((FindingId.PERSON_OBJECTED, FindingId.GRANT_ENDED), RecallReason.OBJECTION),
        ((FindingId.ASSET_OBJECTED,), RecallReason.OBJECTION),
        ((FindingId.PERSON_RESTRICTED,), RecallReason.RESTRICTION),
        ((FindingId.ASSET_RESTRICTED, FindingId.GRANT_ENDED), RecallReason.RESTRICTION),
        ((FindingId.GRANT_ENDED, FindingId.NO_GRANT), RecallReason.END),
        ((FindingId.FACE_UNRESOLVED,), RecallReason.NOT_CLEARED),
    ],
)
def test_the_weightiest_reason_is_named(
    ids: tuple[FindingId, ...], reason: RecallReason
) -> None:
    decisions = {Place.WORLD: decision(*(found(each) for each in ids))}
    [recall] = recalled(copy(), decisions=decisions)
    assert recall.reason is reason


# -- whom --------------------------------------------------------------------------------


def test_each_recipient_is_asked_once_for_all_that_they_have() -> None:
    both = {Place.WORLD: decision(found(), found(channel=PRINT))}
    recalls = recalled(
        copy(), copy(PRINT), copy(at=NOON - 2 * DAY), copy(WEB, UPLOADER), decisions=both
    )
    told_of = {each.recipient_id: each.channels for each in recalls}
    assert told_of == {EDITOR: {WEB, PRINT}, UPLOADER: {WEB}}


def test_who_removed_it_is_not_asked_again_for_what_they_had_by_then() -> None:
    [recall] = recalled(copy())
    done = replace(recall, state=RecallState.REMOVED, acknowledged_at=NOON + DAY)
    now = NOON + 3 * DAY
    assert gone(copy(), [done])
    assert recalled(copy(), recalls=(done,), fact=LATER, at=now) == ()
    after = copy(at=NOON + 2 * DAY)
    assert len(recalled(after, recalls=(done,), fact=LATER, at=now)) == 1
    printed = {Place.WORLD: decision(found(channel=PRINT))}
    other_use = recalled(
        copy(PRINT), recalls=(done,), fact=LATER, at=now, decisions=printed
    )
    assert len(other_use) == 1


@pytest.mark.parametrize("state", [RecallState.OPEN, RecallState.UNREACHABLE])
def test_who_was_asked_already_is_not_asked_for_the_same_by_another_fact(
    state: RecallState,
) -> None:
    [recall] = recalled(copy())
    waiting = (replace(recall, state=state),)
    assert recalled(copy(), recalls=waiting, fact=LATER) == ()
    assert recalled(copy(), recalls=waiting) == (recall,)
    elsewhere = (replace(recall, asset_id=OTHER),)
    assert len(recalled(copy(), recalls=elsewhere, fact=LATER)) == 1
    others = (replace(recall, recipient_id=UPLOADER),)
    assert len(recalled(copy(), recalls=others, fact=LATER)) == 1


def test_what_was_lifted_can_be_called_back_by_the_next_fact() -> None:
    [recall] = recalled(copy())
    over = (replace(recall, state=RecallState.LIFTED),)
    assert len(recalled(copy(), recalls=over, fact=LATER)) == 1


# -- erasure -----------------------------------------------------------------------------


def test_r12_an_erasure_calls_back_every_copy_that_shows_who_is_erased() -> None:
    faces = frozenset({ANNS_FACE})
    covered = copy(WEB, UPLOADER, masked=frozenset({ANNS_FACE, BOBS_FACE}))
    recalls = called_back_for_erasure(FACT, [copy(), covered], faces, (), NOON)
    assert [(each.recipient_id, each.reason) for each in recalls] == [
        (EDITOR, RecallReason.ERASURE)
    ]
    whole = called_back_for_erasure(FACT, [copy(), covered], None, (), NOON)
    assert {each.recipient_id for each in whole} == {EDITOR, UPLOADER}


def test_r12_an_erasure_asks_anew_who_was_asked_for_less_but_not_who_removed_it() -> None:
    [recall] = recalled(copy())
    asked = called_back_for_erasure(LATER, [copy()], None, (recall,), NOON)
    assert len(asked) == 1
    done = replace(recall, state=RecallState.REMOVED, acknowledged_at=NOON)
    assert called_back_for_erasure(LATER, [copy()], None, (done,), NOON) == ()


# -- to the end --------------------------------------------------------------------------


def test_it_is_lifted_when_all_that_it_asks_for_may_be_used_again() -> None:
    [recall] = recalled(copy())
    assert lifted(recall, [copy()], FREE)
    assert not lifted(recall, [copy()], TAKEN_BACK)
    assert not lifted(recall, [copy()], {})
    assert not lifted(recall, [], FREE)
    assert not lifted(recall, [copy(WEB, UPLOADER), copy(PRINT)], FREE)
    later = copy(at=NOON + DAY, masked=frozenset({ANNS_FACE}))
    assert not lifted(recall, [copy(), later], TAKEN_BACK)
    erased = replace(recall, reason=RecallReason.ERASURE)
    assert not lifted(erased, [copy()], FREE)


def test_the_last_recall_that_is_about_a_copy_stands_first() -> None:
    [first] = recalled(copy())
    second = replace(first, recall_id=LATER, opened_at=NOON + DAY)
    assert about(copy(), [first, second]) == (second, first)
    assert about(copy(PRINT), [first]) == ()
    assert about(copy(at=NOON + DAY), [first]) == ()


def test_each_mail_of_a_recall_is_one_of_its_own() -> None:
    [recall] = recalled(copy())
    first, again = asking(recall, NOON), asking(reminded(recall, NOON), NOON)
    assert (first.kind, again.kind) == (MailKind.RECALL, MailKind.RECALL_REMINDER)
    assert (
        first.mail_id
        != again.mail_id
        != asking(reminded(reminded(recall, NOON), NOON), NOON).mail_id
    )
    assert first == asking(recall, NOON)
    assert (first.to, first.to_staff) == (EDITOR, True)
    assert first.about["recall_id"] == recall.recall_id
    assert BOB not in str(first)
    assert ANN not in str(first)


def test_the_first_time_that_it_was_told_stands() -> None:
    [recall] = recalled(copy())
    sent = told(recall, NOON + DAY)
    assert (sent.told_at, sent.next_at) == (NOON + DAY, NOON + DAY + REMIND_AFTER)
    assert told(sent, NOON + 2 * DAY) == sent


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        copy(at=datetime(2026, 6, 1))  # noqa: DTZ001  # the very thing
    [recall] = recalled(copy())
    with pytest.raises(NaiveInstantError):
        replace(recall, opened_at=datetime(2026, 6, 1))  # noqa: DTZ001  # the very thing

"""Who is not cleared is covered, and what a person released covered stays so."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain import masking
from beeldrecht.domain.assets import Asset, AssetStatus, Box, FaceMark
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.consent import RestrictionKind
from beeldrecht.domain.decisions import Facts, decide, releasable
from beeldrecht.domain.intake import AssetRecord, Original, RenditionName
from beeldrecht.domain.masking import (
    UncoverableError,
    covered_in,
    mask_id,
    masked_key,
    to_cover,
)
from beeldrecht_vision.masking import MASK_ID
from tests.fakes.samples import announcement
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    NOW,
    appearance,
    face,
    freeze,
    grant,
    instants,
    picture,
    pictures_with_facts,
    places,
    release_of,
    with_release,
    withdrawal,
)
from tests.unit.domain.test_decide import what_the_face_leaves

channels = st.sampled_from(Channel)
TWO = Facts(
    asset=picture(face(), face("f1")),
    appearances=(appearance("f0", ANN), appearance("f1", BOB)),
    grants=(grant(ANN), grant(BOB, channels=(Channel.PRINT,), grant_id="g1")),
)


def covered_now(facts: Facts, channel: Channel, place: Place = Place.WORLD) -> set[str]:
    return set(covered_in(facts.asset, decide(facts, NOW, place), channel))


@given(facts=pictures_with_facts(), at=instants, place=places, channel=channels)
def test_r09_whoever_is_not_cleared_for_the_use_is_covered(
    facts: Facts, at: datetime, place: Place, channel: Channel
) -> None:
    covered = to_cover(facts.asset, decide(facts, at, place), channel)
    assert covered == {
        one.face_id
        for one in facts.asset.faces
        if what_the_face_leaves(facts, one, channel, place, at) is not Verdict.CLEAR
    }


@given(facts=pictures_with_facts(), at=instants, place=places, channel=channels)
def test_what_is_clear_needs_no_cover(
    facts: Facts, at: datetime, place: Place, channel: Channel
) -> None:
    decision = decide(facts, at, place)
    if decision.per_channel[channel] is Verdict.CLEAR:
        assert not to_cover(facts.asset, decision, channel)
    if decision.per_channel[channel] is Verdict.MASKED:
        assert to_cover(facts.asset, decision, channel)


def test_each_channel_covers_those_who_did_not_agree_to_it() -> None:
    decision = decide(TWO, NOW)
    assert to_cover(TWO.asset, decision, Channel.PRESS) == {"f1"}
    assert not to_cover(TWO.asset, decision, Channel.PRINT)


@pytest.mark.parametrize("kind", RestrictionKind)
def test_somebody_frozen_is_covered_wherever_it_is_asked(kind: RestrictionKind) -> None:
    facts = replace(TWO, restrictions=(freeze(ANN, kind),))
    assert to_cover(facts.asset, decide(facts, NOW), Channel.PRINT) == {"f0"}


def test_a_face_that_a_person_marked_is_covered_whatever_they_agreed_to() -> None:
    facts = replace(ANNS_PICTURE, asset=picture(face(mark=FaceMark.MASK)))
    assert to_cover(facts.asset, decide(facts, NOW), Channel.WEBSITE) == {"f0"}


def test_a_face_of_another_decision_is_covered() -> None:
    more = replace(TWO.asset, faces=(*TWO.asset.faces, face("f2")))
    assert "f2" in to_cover(more, decide(TWO, NOW), Channel.PRINT)


# ---------------------------------------------------------- what a person released


def released(facts: Facts, channel: Channel) -> Facts:
    offered = releasable(decide(facts, NOW))
    release = release_of(*facts.asset.faces, channels={channel: offered[channel]})
    covered = {channel: to_cover(facts.asset, decide(facts, NOW), channel)}
    return with_release(facts, replace(release, covered=covered))


def test_r14_what_was_covered_when_it_was_released_stays_covered() -> None:
    facts = released(TWO, Channel.PRESS)
    agreed_later = replace(facts, grants=(*facts.grants, grant(BOB, grant_id="g2")))
    assert decide(agreed_later, NOW).per_channel[Channel.PRESS] is Verdict.CLEAR
    assert decide(agreed_later, NOW).leaves == {Channel.PRESS: Verdict.MASKED}
    assert covered_now(agreed_later, Channel.PRESS) == {"f1"}


def test_r05_who_withdraws_after_the_release_is_covered_at_the_next_use() -> None:
    facts = released(TWO, Channel.PRESS)
    gone = replace(facts, withdrawals=(withdrawal(grant(ANN), NOW),))
    assert covered_now(facts, Channel.PRESS) == {"f1"}
    assert covered_now(gone, Channel.PRESS) == {"f0", "f1"}


def test_of_a_release_that_does_not_say_what_was_seen_everybody_is_covered() -> None:
    facts = released(TWO, Channel.PRESS)
    release = facts.asset.release
    assert release is not None
    unsaid = with_release(facts, replace(release, covered={}))
    assert covered_now(unsaid, Channel.PRESS) == {"f0", "f1"}


def test_a_face_that_was_covered_and_is_no_longer_on_record_lets_nothing_out() -> None:
    facts = released(TWO, Channel.PRESS)
    fewer = replace(facts, asset=replace(facts.asset, faces=(face(),)))
    with pytest.raises(UncoverableError):
        covered_now(fewer, Channel.PRESS)
    # One that nobody covered may go: somebody looked at it, and let it be seen.
    others = replace(facts, asset=replace(facts.asset, faces=(face("f1"),)))
    assert covered_now(others, Channel.PRESS) == {"f1"}


# -------------------------------------------------------------- which version it is


RECORD = AssetRecord(
    announcement(),
    AssetStatus.EXAMINED,
    revision=3,
    original=Original("version-1", 9, "image/jpeg", 96, 64, 1, "0" * 64, "0" * 16),
    renditions=frozenset(RenditionName),
)
PREVIEW = RenditionName.PREVIEW


def test_the_same_faces_give_the_same_version_in_whatever_order() -> None:
    both = (face("f0"), face("f1"))
    assert mask_id(RECORD, PREVIEW, both) == mask_id(RECORD, PREVIEW, both[::-1])


def test_another_face_place_rendition_or_shape_is_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = mask_id(RECORD, PREVIEW, [face()])
    moved = replace(face(), box=Box(11.0, 10.0, 40.0, 50.0))
    turned = replace(face(), landmarks=face().landmarks[::-1])
    others = {
        mask_id(RECORD, PREVIEW, []),
        mask_id(RECORD, PREVIEW, [face("f1")]),
        mask_id(RECORD, PREVIEW, [face(), face("f1")]),
        mask_id(RECORD, PREVIEW, [moved]),
        mask_id(RECORD, PREVIEW, [turned]),
        mask_id(RECORD, PREVIEW, [replace(face(), score=0.5)]),
        mask_id(RECORD, RenditionName.WORKING, [face()]),
    }
    monkeypatch.setattr(masking, "MASK_VERSION", "oval_2")
    others.add(mask_id(RECORD, PREVIEW, [face()]))
    assert len(others) == 8
    assert one not in others


def test_another_original_is_another_version() -> None:
    assert RECORD.original is not None
    replaced = replace(RECORD, original=replace(RECORD.original, version_id="other"))
    assert mask_id(replaced, PREVIEW, [face()]) != mask_id(RECORD, PREVIEW, [face()])


def test_a_masked_version_lies_among_what_there_is_of_its_picture() -> None:
    assert masked_key("asset", "mask") == "asset/masked/mask.jpg"


def test_the_version_is_that_of_the_code_that_covers() -> None:
    assert masking.MASK_VERSION == MASK_ID


def test_nobody_in_it_means_nothing_to_cover() -> None:
    empty = Asset("picture", examined=True)
    assert not to_cover(empty, decide(Facts(empty), NOW), Channel.PRESS)

"""Files of one picture: one is current, the others leave for nobody, whatever is said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.assets import Asset, FaceMark, Release
from beeldrecht.domain.channels import ALL_CHANNELS, Verdict
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.decisions import Facts, FindingId, Outcome, decide
from beeldrecht.domain.declarations import Declaration, Sight
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.time import Period
from beeldrecht.domain.versions import (
    MOST_VERSIONS,
    Version,
    VersionChain,
    VersionRefusal,
    VersionRefusedError,
    chain_id_of,
    followed,
    may_show,
    restored,
    without,
)
from tests.adapters.contracts.library_samples import appearance, face
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, OTHER, PICTURE

FIRST = VersionChain(chain_id_of(PICTURE), (Version(PICTURE, NOON, EDITOR),), PICTURE)
RELEASE = Release(EDITOR, NOON, dict.fromkeys(ALL_CHANNELS, Verdict.CLEAR), frozenset())
FREE = Asset(PICTURE, examined=True, release=RELEASE)


def frozen(subject_id: str, kind: RestrictionKind) -> Restriction:
    return Restriction("f" * 32, subject_id, kind, Period(NOON, None))


@given(st.lists(st.sampled_from(["next", "back", "erase"]), max_size=30))
@settings(max_examples=60)
def test_at_most_one_file_is_current_and_it_is_one_of_those_that_are_kept(
    acts: list[str],
) -> None:
    chain, made = FIRST, 0
    for act in acts:
        if act == "next":
            made += 1
            if len(chain.versions) == MOST_VERSIONS:
                with pytest.raises(VersionRefusedError):
                    followed(chain, f"{made:032x}", EDITOR, NOON)
                continue
            chain = followed(chain, f"{made:032x}", EDITOR, NOON)
            assert chain.current == f"{made:032x}"
        elif act == "back":
            older = [v.asset_id for v in chain.versions if v.asset_id != chain.current]
            if older:
                order = [v.asset_id for v in chain.versions]
                chain = restored(chain, older[0], BOB, NOON)
                assert [v.asset_id for v in chain.versions] == order
                assert chain.current == older[0]
        else:
            gone = chain.versions[0].asset_id
            left = without(chain, gone)
            if left is None:
                return
            assert gone not in left.asset_ids
            assert left.current == (None if chain.current == gone else chain.current)
            chain = left
        assert chain.current is None or chain.current in chain.asset_ids


@pytest.mark.parametrize(
    ("asset_id", "reason"),
    [(PICTURE, VersionRefusal.CURRENT), (OTHER, VersionRefusal.REPLACED_GONE)],
)
def test_only_an_older_file_of_the_same_picture_is_made_current(
    asset_id: str, reason: VersionRefusal
) -> None:
    with pytest.raises(VersionRefusedError) as refused:
        restored(FIRST, asset_id, EDITOR, NOON)
    assert refused.value.reason is reason


def test_a_file_that_was_replaced_leaves_for_no_channel_and_cannot_be_released() -> None:
    free = decide(Facts(FREE), NOON)
    assert set(free.leaves) == set(ALL_CHANNELS)
    decision = decide(Facts(replace(FREE, replaced=True)), NOON)
    assert not decision.leaves
    assert set(decision.per_channel.values()) == {Verdict.RESTRICTED}
    assert decision.outcome is Outcome.EMBARGOED
    assert FindingId.VERSION_REPLACED in {each.id for each in decision.findings}


@pytest.mark.parametrize("kind", list(RestrictionKind))
def test_r18_what_freezes_one_file_of_a_picture_freezes_them_all(
    kind: RestrictionKind,
) -> None:
    current = replace(FREE, versions=frozenset({PICTURE, OTHER}))
    assert decide(Facts(current), NOON).leaves
    facts = Facts(current, restrictions=(frozen(OTHER, kind),))
    assert not decide(facts, NOON + timedelta(days=1)).leaves
    assert decide(replace(facts, restrictions=(frozen(BOB, kind),)), NOON).leaves


CONFIRMED = AppearanceStatus.CONFIRMED


def test_r11_somebody_may_be_in_another_file_unless_everybody_in_it_is_known() -> None:
    two = replace(FREE, faces=(face("a"), face("b")))
    of_bob = [
        appearance(PICTURE, face("a"), BOB, CONFIRMED),
        appearance(PICTURE, face("b"), BOB, CONFIRMED),
    ]
    assert not may_show(FREE, (), ANN)
    assert may_show(two, (), ANN)
    assert may_show(two, of_bob[:1], ANN)
    assert not may_show(two, of_bob, ANN)
    assert may_show(two, of_bob, BOB)
    nobody = face("b", mark=FaceMark.NOT_RECOGNISABLE)
    assert not may_show(replace(two, faces=(face("a"), nobody)), of_bob[:1], ANN)
    covered = face("b", mark=FaceMark.MASK)
    assert may_show(replace(two, faces=(face("a"), covered)), of_bob[:1], ANN)
    assert may_show(replace(FREE, examined=False), (), ANN)
    assert may_show(replace(FREE, faces_complete=False), (), ANN)
    assert may_show(replace(FREE, faces_forgotten=True), (), ANN)
    assert may_show(replace(FREE, sight=Sight.NOTHING), (), ANN)
    said = Declaration(EDITOR, 0)
    assert not may_show(replace(FREE, sight=Sight.NOTHING, declaration=said), (), ANN)
    stays = Declaration(EDITOR, 0, rest_stays=True)
    assert may_show(replace(FREE, sight=Sight.PART, declaration=stays), (), ANN)

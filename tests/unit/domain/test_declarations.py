"""What `decide` makes of files that cannot be looked through: what a person declares."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Place, Verdict, strictest
from beeldrecht.domain.decisions import Facts, FindingId, decide, leaves_whole, narrowed
from beeldrecht.domain.declarations import (
    FILE_TYPE,
    MOST_DECLARED,
    PDF_TYPE,
    Declaration,
    Sight,
    declared_people,
    declared_place,
    sight_of,
)
from beeldrecht.domain.exports import LeftOut, covered
from beeldrecht.domain.people import AppearanceStatus
from tests.unit.domain.facts import (
    ANN,
    ANNS_PICTURE,
    BOB,
    CAS,
    NOW,
    PEOPLE,
    PICTURE,
    allows_no_more,
    appearance,
    face,
    freeze,
    grant,
    instants,
    picture,
    pictures_with_facts,
    places,
    release_of,
    withdrawal,
)
from tests.unit.domain.test_decide import has_leave, is_frozen, rests_on_a_basis

PLACE = declared_place(PICTURE)
UNSEEN = (Sight.PART, Sight.NOTHING)
EVERYWHERE = dict.fromkeys(Channel, Verdict.CLEAR)
people_sets = st.sets(st.sampled_from(PEOPLE)).map(sorted).map(tuple)


def declared(facts: Facts, sight: Sight, *people: str, rest_stays: bool = False) -> Facts:
    """The same file, of which somebody said that these people are in the rest."""
    said = Declaration("editor", len(people), rest_stays)
    faces = () if sight is Sight.NOTHING else facts.asset.faces
    return replace(
        facts,
        asset=replace(facts.asset, faces=faces, sight=sight, declaration=said),
        appearances=(*facts.appearances, *(appearance(PLACE, each) for each in people)),
    )


def verdicts(facts: Facts, at: datetime, place: Place) -> dict[Channel, Verdict]:
    return dict(decide(facts, at, place).per_channel)


@given(
    facts=pictures_with_facts(), at=instants, place=places, sight=st.sampled_from(UNSEEN)
)
def test_a_file_of_which_nobody_declared_anything_stays_whatever_is_on_record(
    facts: Facts, at: datetime, place: Place, sight: Sight
) -> None:
    unknown = replace(facts, asset=replace(facts.asset, sight=sight))
    decision = decide(unknown, at, place)
    assert set(decision.per_channel.values()) == {Verdict.RESTRICTED}
    assert not decision.leaves
    assert FindingId.FILE_UNDECLARED in {each.id for each in decision.findings}


@given(facts=pictures_with_facts(), at=instants, place=places, people=people_sets)
def test_a_file_is_clear_where_each_declared_person_is_and_never_masked(
    facts: Facts, at: datetime, place: Place, people: tuple[str, ...]
) -> None:
    file = declared(facts, Sight.NOTHING, *people)
    stays = (
        not file.asset.examined
        or not file.asset.faces_complete
        or is_frozen(file, PICTURE, at)
    )
    assert verdicts(file, at, place) == {
        channel: Verdict.CLEAR
        if not stays
        and all(
            not is_frozen(file, each, at)
            and (
                has_leave(file, each, channel, place, at)
                or rests_on_a_basis(file, each, channel, at)
            )
            for each in people
        )
        else Verdict.RESTRICTED
        for channel in Channel
    }


@given(facts=pictures_with_facts(), at=instants, place=places, people=people_sets)
def test_a_document_gets_what_the_stricter_of_its_page_and_its_rest_leaves(
    facts: Facts, at: datetime, place: Place, people: tuple[str, ...]
) -> None:
    page = verdicts(facts, at, place)
    rest = verdicts(declared(facts, Sight.NOTHING, *people), at, place)
    assert verdicts(declared(facts, Sight.PART, *people), at, place) == {
        channel: strictest((page[channel], rest[channel])) for channel in Channel
    }


@given(facts=pictures_with_facts(), at=instants, place=places)
def test_of_a_document_whose_rest_stays_the_page_is_a_picture_like_any(
    facts: Facts, at: datetime, place: Place
) -> None:
    file = declared(facts, Sight.PART, rest_stays=True)
    decision = decide(file, at, place)
    assert dict(decision.per_channel) == verdicts(facts, at, place)
    assert not any(leaves_whole(file.asset, decision, each) for each in Channel)


@given(
    facts=pictures_with_facts(always_released=True),
    at=instants,
    place=places,
    people=people_sets,
    sight=st.sampled_from(UNSEEN),
)
def test_the_file_itself_leaves_only_where_everybody_in_all_of_it_is_cleared(
    facts: Facts, at: datetime, place: Place, people: tuple[str, ...], sight: Sight
) -> None:
    file = declared(facts, sight, *people)
    decision = decide(file, at, place)
    for channel in Channel:
        if leaves_whole(file.asset, decision, channel):
            assert decision.leaves[channel] is Verdict.CLEAR
            about = decision.about(channel)
            assert {each.verdict for each in about} == {Verdict.CLEAR}


@given(
    facts=pictures_with_facts(always_released=True),
    at=instants,
    place=places,
    people=people_sets,
    more=st.sampled_from(PEOPLE),
    sight=st.sampled_from(UNSEEN),
)
def test_declaring_somebody_more_allows_no_more(
    facts: Facts,
    at: datetime,
    place: Place,
    people: tuple[str, ...],
    more: str,
    sight: Sight,
) -> None:
    fewer = decide(declared(facts, sight, *people), at, place)
    together = declared(facts, sight, *sorted({*people, more}))
    assert allows_no_more(decide(together, at, place), fewer)


@pytest.mark.parametrize("sight", UNSEEN)
@pytest.mark.parametrize("status", [None, *AppearanceStatus])
def test_whoever_is_lost_from_the_record_makes_it_unknown_who_is_in_it(
    sight: Sight, status: AppearanceStatus | None
) -> None:
    file = declared(replace(ANNS_PICTURE, grants=(grant(),)), sight, ANN)
    assert set(verdicts(file, NOW, Place.WORLD).values()) == {Verdict.CLEAR}
    left = () if status is None else (appearance(PLACE, ANN, status),)
    lost = replace(file, appearances=(appearance(), *left))
    expected = (
        Verdict.CLEAR if status is AppearanceStatus.CONFIRMED else Verdict.RESTRICTED
    )
    assert set(verdicts(lost, NOW, Place.WORLD).values()) == {expected}


def test_who_was_declared_and_takes_the_consent_back_closes_a_released_file() -> None:
    given_leave = grant()
    release = release_of(channels=EVERYWHERE)
    file = declared(
        replace(ANNS_PICTURE, asset=picture(release=release)), Sight.NOTHING, ANN
    )
    assert dict(decide(file, NOW).leaves) == EVERYWHERE
    back = replace(file, withdrawals=(withdrawal(given_leave, NOW),))
    after = decide(back, NOW)
    assert not after.leaves
    assert not narrowed(release, after).channels
    frozen = replace(file, restrictions=(freeze(ANN),))
    assert not decide(frozen, NOW).leaves


def test_a_picture_knows_nothing_of_declarations() -> None:
    said = declared(ANNS_PICTURE, Sight.WHOLE, BOB, CAS)
    plain, after = decide(ANNS_PICTURE, NOW), decide(said, NOW)
    assert after.same_answer(plain)
    assert not any(leaves_whole(said.asset, after, each) for each in Channel)


def test_a_page_with_a_covered_face_leaves_and_its_document_does_not() -> None:
    release = replace(
        release_of(face(), channels=dict.fromkeys(Channel, Verdict.MASKED)),
    )
    facts = Facts(asset=picture(face(), release=release), appearances=(appearance(),))
    file = declared(facts, Sight.PART)
    decision = decide(file, NOW)
    assert set(decision.leaves.values()) == {Verdict.MASKED}
    assert not any(leaves_whole(file.asset, decision, each) for each in Channel)


def test_r9_who_is_declared_is_told_of_the_file_and_given_no_copy_of_it() -> None:
    file = declared(Facts(asset=picture(face())), Sight.PART, ANN, BOB)
    assert covered(file.asset, file.appearances, ANN) is LeftOut.UNCOVERABLE
    assert covered(file.asset, file.appearances, CAS) is LeftOut.NOT_SURE
    too = (*file.appearances, appearance("f0", ANN))
    assert covered(file.asset, too, ANN) == frozenset()


def test_what_is_not_known_to_be_a_picture_is_not_taken_for_one() -> None:
    assert sight_of("image/jpeg") is Sight.WHOLE
    assert sight_of(PDF_TYPE) is Sight.PART
    for each in (FILE_TYPE, "application/zip", "text/html", ""):
        assert sight_of(each) is Sight.NOTHING


def test_r14_only_a_person_declares_and_only_one_thing() -> None:
    with pytest.raises(ValueError, match="person"):
        Declaration("", 0)
    with pytest.raises(ValueError, match="stays"):
        Declaration("editor", 1, rest_stays=True)
    with pytest.raises(ValueError, match="stays"):
        Declaration("editor", -1)
    with pytest.raises(ValueError, match="stays"):
        Declaration("editor", MOST_DECLARED + 1)
    elsewhere = replace(appearance(PLACE, BOB), asset_id="another")
    both = (appearance(PLACE, BOB), appearance(PLACE, ANN), elsewhere, appearance())
    assert declared_people(PICTURE, both) == (ANN, BOB)

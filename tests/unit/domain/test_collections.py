"""Collections change as a whole, and a restricted one always has somebody in charge."""

import contextlib
from dataclasses import FrozenInstanceError
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.access import MEMBER_ROLES, Role, Scene, User, affordances
from beeldrecht.domain.collections import (
    MAX_MEMBERS,
    Collection,
    CollectionRefusal,
    CollectionRefusedError,
    lost,
    titled,
    with_member,
    without_member,
)
from tests.unit.domain.situations import NOW

ANN, BOB, CAS = "ann", "bob", "cas"


def group(restricted: bool = True, **members: Role) -> Collection:
    return Collection("c", "Title", restricted, members or {ANN: Role.EDITOR})


def refusal(change: Any, *arguments: Any) -> CollectionRefusal:
    with pytest.raises(CollectionRefusedError) as caught:
        change(*arguments)
    return caught.value.reason


def test_a_member_comes_changes_and_goes() -> None:
    first = group()
    second = with_member(first, BOB, Role.VIEWER)
    third = with_member(second, BOB, Role.EDITOR)
    fourth = without_member(third, ANN)
    assert first.members == {ANN: Role.EDITOR}
    assert second.members == {ANN: Role.EDITOR, BOB: Role.VIEWER}
    assert third.members == {ANN: Role.EDITOR, BOB: Role.EDITOR}
    assert fourth.members == {BOB: Role.EDITOR}
    assert {each.revision for each in (first, second, third, fourth)} == {0}


def test_taking_off_who_is_no_member_changes_nothing() -> None:
    assert without_member(group(), CAS) == group()
    orphaned = Collection("c", "", restricted=True)
    assert without_member(orphaned, CAS) == orphaned


@pytest.mark.parametrize("role", Role)
def test_a_member_is_a_viewer_a_contributor_or_an_editor(role: Role) -> None:
    if role in MEMBER_ROLES:
        assert with_member(group(), BOB, role).members[BOB] is role
    else:
        reason = refusal(with_member, group(), BOB, role)
        assert reason is CollectionRefusal.NOT_A_MEMBER_ROLE


def test_the_last_editor_of_a_restricted_collection_stays() -> None:
    for collection in (group(), group(ann=Role.EDITOR, bob=Role.CONTRIBUTOR)):
        assert refusal(without_member, collection, ANN) is CollectionRefusal.NOBODY_LEFT
        reason = refusal(with_member, collection, ANN, Role.VIEWER)
        assert reason is CollectionRefusal.NOBODY_LEFT
    assert without_member(group(restricted=False), ANN).members == {}


def test_a_collection_is_restricted_only_with_an_editor_among_its_members() -> None:
    nobody = Collection("c", "Title", restricted=False)
    assert refusal(titled, nobody, "Title", True) is CollectionRefusal.NOBODY_LEFT
    assert titled(nobody, "Other", False).title == "Other"
    manned = group(restricted=False)
    assert titled(manned, "Title", True) == group()


def test_an_orphaned_collection_takes_an_editor() -> None:
    orphaned = Collection("c", "", restricted=True)
    assert with_member(orphaned, BOB, Role.EDITOR).members == {BOB: Role.EDITOR}
    reason = refusal(with_member, orphaned, BOB, Role.VIEWER)
    assert reason is CollectionRefusal.NOBODY_LEFT


def test_there_are_two_hundred_members_at_most() -> None:
    members = {f"m{n}": Role.VIEWER for n in range(MAX_MEMBERS - 1)}
    full = Collection("c", "", restricted=True, members=members | {ANN: Role.EDITOR})
    reason = refusal(with_member, full, BOB, Role.VIEWER)
    assert reason is CollectionRefusal.TOO_MANY_MEMBERS
    assert with_member(full, "m0", Role.EDITOR).members["m0"] is Role.EDITOR


def test_nobody_joins_in_passing() -> None:
    theirs = {ANN: Role.EDITOR}
    collection = Collection("c", "", restricted=True, members=theirs)
    theirs[BOB] = Role.EDITOR
    assert BOB not in collection.members
    with pytest.raises(TypeError):
        cast("Any", collection.members)[BOB] = Role.EDITOR
    with pytest.raises(FrozenInstanceError):
        cast("Any", collection).restricted = False


@given(st.frozensets(st.sampled_from(Role)))
def test_in_a_lost_collection_only_oversight_is_left(roles: frozenset[Role]) -> None:
    who = User(ANN, roles, NOW)
    inside = Scene(ANN, leaves=True, collections=(lost("c"),))
    officer = User(ANN, roles & {Role.PRIVACY_OFFICER, Role.RECOGNISER}, NOW)
    assert affordances(who, NOW, inside) == affordances(officer, NOW, inside)


WHO = st.sampled_from([ANN, BOB, CAS])
changes = st.one_of(
    st.tuples(st.just(with_member), WHO, st.sampled_from(Role)),
    st.tuples(st.just(without_member), WHO),
    st.tuples(st.just(titled), st.sampled_from(["a", "b"]), st.booleans()),
)


@given(st.lists(changes, max_size=12))
def test_whatever_is_done_a_restricted_collection_keeps_an_editor(
    steps: list[Any],
) -> None:
    collection = group()
    for change, *arguments in steps:
        with contextlib.suppress(CollectionRefusedError):
            collection = change(collection, *arguments)
        assert set(collection.members.values()) <= MEMBER_ROLES
        assert not collection.restricted or Role.EDITOR in collection.members.values()

"""Who may do what (R16): deny by default, and no more than the description says."""

import itertools
from dataclasses import replace
from datetime import timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.access import (
    EXISTENCE_PRIVATE,
    MEMBER_ROLES,
    NEEDS_FRESH_SIGN_IN,
    NEEDS_RECOGNISER,
    RULES,
    TAKES_TWO,
    AccessRefusal,
    Operation,
    Role,
    Scene,
    User,
    affordances,
    ever,
    may,
)
from beeldrecht.domain.collections import Collection, lost
from beeldrecht.domain.time import NaiveInstantError
from tests.fakes.access_oracle import allowed
from tests.unit.domain.situations import (
    ME,
    NOW,
    OTHER,
    SITUATIONS,
    role_sets,
    within,
)

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
PICTURES_AND_PEOPLE = {
    op
    for op in Operation
    if op.partition(":")[0]
    in {"asset", "person", "suggestion", "contact", "consent", "consent_request"}
    | {"basis", "subject_request", "session"}
} | {Operation.APPEARANCE_CONFIRM, Operation.APPEARANCE_MARK, Operation.LINK_CREATE}

every_role = pytest.mark.parametrize("role", Role)
every_operation = pytest.mark.parametrize("operation", Operation)


def user(*roles: Role, ago: timedelta = timedelta(minutes=1)) -> User:
    return User(ME, frozenset(roles), NOW - ago)


# The smallest set of roles that allows most, wherever anything is allowed.
BEST = {
    operation: next(
        (
            frozenset({rule.role, Role.RECOGNISER})
            for rule in RULES
            if rule.operation is operation
        ),
        frozenset[Role](),
    )
    for operation in Operation
}


# -- the whole policy, against its description ------------------------------------------


@every_operation
def test_r16_the_table_allows_what_the_description_says_and_nothing_else(
    operation: Operation,
) -> None:
    for roles, scene in itertools.product(role_sets(), SITUATIONS):
        for ago in (timedelta(0), HOUR):
            who = User(ME, roles, NOW - ago)
            said = may(who, operation, NOW, scene) is None
            assert said == allowed(who, operation, NOW, scene), (roles, scene, ago)


collections = st.builds(
    Collection,
    st.just("c"),
    st.just(""),
    st.booleans(),
    st.dictionaries(st.sampled_from((ME, OTHER)), st.sampled_from(Role)),
)
scenes = st.none() | st.builds(
    Scene,
    st.sampled_from((None, ME, OTHER)),
    st.booleans(),
    st.lists(collections, max_size=4).map(tuple),
)
users = st.builds(
    User,
    st.just(ME),
    st.frozensets(st.sampled_from(Role)),
    st.sampled_from(
        [NOW + d for d in (-2 * HOUR, -HOUR, TICK - HOUR, HOUR)]
        + [NOW + timedelta(minutes=2) + d for d in (-TICK, timedelta(0), TICK)]
    ),
)


@given(users, st.sampled_from(Operation), scenes)
def test_r16_it_does_so_in_any_number_of_collections_and_at_any_age_of_a_sign_in(
    who: User, operation: Operation, scene: Scene | None
) -> None:
    said = may(who, operation, NOW, scene) is None
    assert said == allowed(who, operation, NOW, scene)


# -- deny by default --------------------------------------------------------------------


@every_operation
def test_somebody_without_a_role_may_nothing(operation: Operation) -> None:
    for scene in SITUATIONS:
        assert may(user(), operation, NOW, scene) is AccessRefusal.NOT_YOUR_ROLE
    assert not ever((), operation)


@every_role
def test_what_is_no_operation_is_allowed_to_nobody(role: Role) -> None:
    for unknown in ("asset:publish", "", "ASSET_READ"):
        asked = cast("Operation", unknown)
        assert may(user(*Role), asked, NOW) is AccessRefusal.NOT_YOUR_ROLE
        assert not ever(Role, asked)


def test_what_is_no_role_allows_nothing() -> None:
    stranger = User(ME, cast("frozenset[Role]", frozenset({"root", "admin"})), NOW)
    assert affordances(stranger, NOW, Scene(ME, leaves=True)) == frozenset()


@every_operation
def test_every_operation_is_somebodys(operation: Operation) -> None:
    assert BEST[operation], "a door without a key is a wall"
    assert ever(BEST[operation], operation)


@every_operation
def test_what_roles_can_ever_do_is_what_they_may_with_something(
    operation: Operation,
) -> None:
    for roles in role_sets():
        who = User(ME, roles, NOW)
        some = any(may(who, operation, NOW, scene) is None for scene in SITUATIONS)
        assert ever(roles, operation) == some


def test_no_rule_stands_twice() -> None:
    assert len(set(RULES)) == len(RULES)


# -- what each role is ------------------------------------------------------------------


@every_operation
def test_an_administrator_by_role_alone_reaches_no_picture_and_nobody_in_one(
    operation: Operation,
) -> None:
    for scene in SITUATIONS:
        for roles in ([Role.ADMINISTRATOR], [Role.ADMINISTRATOR, Role.RECOGNISER]):
            answer = may(user(*roles), operation, NOW, scene)
            if operation in PICTURES_AND_PEOPLE:
                assert answer is AccessRefusal.NOT_YOUR_ROLE
    mine = affordances(user(Role.ADMINISTRATOR), NOW)
    assert {op.partition(":")[0] for op in mine} == {"user", "recognition"}


@every_operation
def test_leave_to_recognise_allows_nothing_by_itself(operation: Operation) -> None:
    for scene in SITUATIONS:
        assert may(user(Role.RECOGNISER), operation, NOW, scene) is not None


@pytest.mark.parametrize("operation", sorted(NEEDS_RECOGNISER))
def test_recognition_takes_leave_of_its_own_whatever_else_somebody_is(
    operation: Operation,
) -> None:
    others = user(*(set(Role) - {Role.RECOGNISER}))
    for scene in SITUATIONS:
        refusal = may(others, operation, NOW, scene)
        assert refusal is AccessRefusal.NOT_RECOGNISER
    assert may(user(Role.EDITOR, Role.RECOGNISER), operation, NOW, Scene()) is None


def test_only_a_privacy_officer_switches_recognition_reads_the_audit_log_and_erases() -> (
    None
):
    reserved = {
        Operation.RECOGNITION_SWITCH,
        Operation.RETENTION_CHANGE,
        Operation.AUDIT_SEARCH,
        Operation.AUDIT_EXPORT,
        Operation.ASSET_ERASE,
        Operation.ERASURE_LIST,
        Operation.ERASURE_READ,
        Operation.ERASURE_PLAN,
        Operation.ERASURE_CONFIRM,
        Operation.ERASURE_PROOF,
        Operation.ERASURE_CANCEL,
        Operation.SUBJECT_REQUEST_LIST,
        Operation.SUBJECT_REQUEST_READ,
        Operation.SUBJECT_REQUEST_DECIDE,
        Operation.SUBJECT_REQUEST_IDENTIFY,
        Operation.SUBJECT_REQUEST_EXTEND,
        Operation.SUBJECT_REQUEST_LIFT,
        Operation.SUBJECT_REQUEST_EXPORT,
        Operation.ASSET_UNRESTRICT,
    }
    everybody_else = set(Role) - {Role.PRIVACY_OFFICER}
    for operation in reserved:
        assert ever({Role.PRIVACY_OFFICER}, operation)
        assert not ever(everybody_else, operation)


def test_asking_and_signing_is_an_editors_work_that_an_officer_reads() -> None:
    works = {
        Operation.CONTACT_CHANGE,
        Operation.WORDING_CREATE,
        Operation.WORDING_CHANGE,
        Operation.SESSION_CREATE,
        Operation.SESSION_CHANGE,
        Operation.SESSION_LINK,
        Operation.SESSION_ATTEST,
        Operation.CONSENT_REQUEST_CREATE,
        Operation.CONSENT_REQUEST_CHANGE,
        Operation.CONSENT_ENTER,
        Operation.CONSENT_WITHDRAW,
        Operation.BASIS_RECORD,
    }
    reads = {
        Operation.WORDING_LIST,
        Operation.WORDING_READ,
        Operation.SESSION_LIST,
        Operation.SESSION_READ,
        Operation.CONSENT_REQUEST_LIST,
        Operation.CONSENT_REQUEST_READ,
        Operation.CONSENT_READ,
        Operation.BASIS_READ,
        Operation.BASIS_END,
    }
    edits = affordances(user(Role.EDITOR), NOW)
    oversees = affordances(user(Role.PRIVACY_OFFICER), NOW)
    assert works | reads <= edits
    assert (works & oversees, reads & oversees) == (set(), reads)
    for role in set(Role) - {Role.EDITOR, Role.PRIVACY_OFFICER}:
        assert not (works | reads) & affordances(user(role), NOW)


def test_only_an_administrator_changes_users() -> None:
    everybody_else = set(Role) - {Role.ADMINISTRATOR}
    for operation in (
        Operation.USER_LIST,
        Operation.USER_CREATE,
        Operation.USER_CHANGE,
    ):
        assert ever({Role.ADMINISTRATOR}, operation)
        assert not ever(everybody_else, operation)


@pytest.mark.parametrize(
    "roles", [{Role.VIEWER}, {Role.CONTRIBUTOR}, {Role.EDITOR}, set(Role)]
)
def test_nobody_downloads_what_does_not_leave(roles: set[Role]) -> None:
    who = user(*roles)
    ask = Operation.ASSET_DOWNLOAD
    assert may(who, ask, NOW, Scene(ME)) is AccessRefusal.NOT_RELEASED_YET
    assert may(who, ask, NOW, Scene(OTHER, leaves=True)) is None


def test_a_contributor_sees_their_own_upload_before_it_is_released() -> None:
    who = user(Role.CONTRIBUTOR)
    for operation in (Operation.ASSET_READ, Operation.ASSET_VIEW):
        assert may(who, operation, NOW, Scene(ME)) is None
        refusal = may(who, operation, NOW, Scene(OTHER))
        assert refusal is AccessRefusal.NOT_RELEASED_YET
        refusal = may(user(Role.VIEWER), operation, NOW, Scene(ME))
        assert refusal is AccessRefusal.NOT_RELEASED_YET
    assert may(who, Operation.ASSET_RETRY, NOW, Scene(ME)) is None
    refusal = may(who, Operation.ASSET_RETRY, NOW, Scene(OTHER, leaves=True))
    assert refusal is AccessRefusal.NOT_YOUR_ROLE


# -- collections ------------------------------------------------------------------------


@given(users, scenes.filter(lambda s: s is not None), collections)
def test_putting_a_picture_into_another_collection_never_allows_more(
    who: User, scene: Scene, collection: Collection
) -> None:
    more = replace(scene, collections=(*scene.collections, collection))
    assert affordances(who, NOW, more) <= affordances(who, NOW, scene)


@given(users, scenes.filter(lambda s: s is not None and bool(s.collections)))
def test_restricting_a_collection_or_losing_it_never_allows_more(
    who: User, scene: Scene
) -> None:
    first, *rest = scene.collections
    before = affordances(who, NOW, scene)
    for narrower in (replace(first, restricted=True), lost("c")):
        narrowed = replace(scene, collections=(narrower, *rest))
        assert affordances(who, NOW, narrowed) <= before


@given(users, scenes, st.sampled_from(Role))
def test_taking_a_role_off_somebody_never_allows_more(
    who: User, scene: Scene | None, role: Role
) -> None:
    fewer = replace(who, roles=who.roles - {role})
    assert affordances(fewer, NOW, scene) <= affordances(who, NOW, scene)


@given(users, scenes)
def test_knowing_less_of_a_thing_never_allows_more(
    who: User, scene: Scene | None
) -> None:
    known = affordances(who, NOW, scene)
    if scene is not None:
        assert affordances(who, NOW, replace(scene, uploader_id=None)) <= known
        assert affordances(who, NOW, replace(scene, leaves=False)) <= known
        assert affordances(who, NOW, replace(scene, collections=())) >= known
    assert affordances(who, NOW) == affordances(who, NOW, Scene())


@given(users, scenes)
def test_a_membership_is_a_ceiling_and_never_a_gift(
    who: User, scene: Scene | None
) -> None:
    outside = Scene() if scene is None else replace(scene, collections=())
    for role in Role:
        inside = replace(outside, collections=(within(role),))
        here = affordances(who, NOW, inside)
        assert here <= affordances(who, NOW, outside)
        if Role.PRIVACY_OFFICER in who.roles:
            continue
        recogniser = {role, Role.RECOGNISER}
        theirs = affordances(replace(who, roles=frozenset(recogniser)), NOW, outside)
        assert here <= theirs
        if role not in MEMBER_ROLES:
            assert here == frozenset()


@every_operation
def test_who_is_no_member_of_a_restricted_collection_may_nothing_there(
    operation: Operation,
) -> None:
    roles = set(Role) - {Role.PRIVACY_OFFICER}
    scene = Scene(ME, leaves=True, collections=(within(None),))
    assert may(user(*roles), operation, NOW, scene) is not None
    if operation in affordances(user(*roles), NOW, replace(scene, collections=())):
        refusal = may(user(*roles), operation, NOW, scene)
        assert refusal is AccessRefusal.NOT_IN_COLLECTION


def test_a_privacy_officer_reads_across_collections_and_releases_in_none() -> None:
    scene = Scene(OTHER, leaves=True, collections=(within(None), lost("gone")))
    who = user(Role.PRIVACY_OFFICER)
    assert {Operation.ASSET_READ, Operation.ASSET_VIEW} <= affordances(who, NOW, scene)
    both = user(Role.PRIVACY_OFFICER, Role.EDITOR)
    refusal = may(both, Operation.ASSET_RELEASE, NOW, scene)
    assert refusal is AccessRefusal.NOT_IN_COLLECTION


def test_a_collection_that_is_not_restricted_narrows_nothing() -> None:
    open_to_all = within(None, restricted=False)
    for roles, scene in itertools.product(role_sets(), SITUATIONS):
        if scene is not None and not scene.collections:
            there = replace(scene, collections=(open_to_all,))
            who = User(ME, roles, NOW)
            assert affordances(who, NOW, there) == affordances(who, NOW, scene)


# -- signing in again -------------------------------------------------------------------


@every_operation
def test_a_sensitive_operation_takes_a_sign_in_of_less_than_an_hour_ago(
    operation: Operation,
) -> None:
    late = operation in NEEDS_FRESH_SIGN_IN
    scene = Scene(ME, leaves=True)
    for ago, is_late in (
        (timedelta(0), False),
        (HOUR - TICK, False),
        (HOUR, late),
        (timedelta(days=9), late),
        (-timedelta(minutes=2), False),
        (-timedelta(minutes=2) - TICK, late),
    ):
        who = User(ME, BEST[operation], NOW - ago)
        refusal = may(who, operation, NOW, scene)
        assert refusal is (AccessRefusal.SIGN_IN_AGAIN if is_late else None)


def test_whoever_may_not_is_not_asked_to_sign_in_again() -> None:
    for operation in NEEDS_FRESH_SIGN_IN:
        late = user(Role.VIEWER, ago=9 * HOUR)
        assert may(late, operation, NOW) is AccessRefusal.NOT_YOUR_ROLE


def test_instants_are_compared_as_instants() -> None:
    east = timezone(timedelta(hours=9))
    who = User(ME, frozenset({Role.ADMINISTRATOR}), (NOW - HOUR + TICK).astimezone(east))
    assert may(who, Operation.USER_CHANGE, NOW) is None
    with pytest.raises(NaiveInstantError):
        may(who, Operation.USER_CHANGE, NOW.replace(tzinfo=None))


# -- the flags --------------------------------------------------------------------------


def test_what_takes_two_people_is_what_the_issue_says() -> None:
    assert {
        Operation.SUGGESTION_CONFIRM,
        Operation.ASSET_ERASE,
        Operation.ERASURE_PROOF,
        Operation.RETENTION_CHANGE,
        Operation.RECOGNITION_SWITCH,
    } == TAKES_TWO


def test_what_is_about_one_thing_does_not_tell_whether_it_is_there() -> None:
    about_none = {"list", "upload", "create", "search", "export", "switch"}
    settings = {
        Operation.RECOGNITION_READ,
        Operation.RETENTION_READ,
        Operation.RETENTION_CHANGE,
    }
    for operation in set(Operation) - settings - {Operation.LINK_CREATE}:
        alone = operation.partition(":")[2] in about_none
        assert (operation in EXISTENCE_PRIVATE) != alone, operation
    assert Operation.LINK_CREATE in EXISTENCE_PRIVATE
    assert not settings & EXISTENCE_PRIVATE

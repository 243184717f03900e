"""A slip in the policy is seen: each small change of it contradicts its description."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from beeldrecht.domain import access
from beeldrecht.domain.access import RULES, Condition, Operation, Role, Rule, User, may
from tests.fakes.access_oracle import allowed
from tests.unit.domain.situations import ME, NOW, SITUATIONS, role_sets

HOUR = timedelta(hours=1)
ONE_OR_TWO = tuple(roles for roles in role_sets() if len(roles) <= 2)


def slips(operations: set[Operation], *also: Role) -> bool:
    """Whether the policy and its description disagree about any of these."""
    for roles, op, scene in itertools.product(ONE_OR_TWO, operations, SITUATIONS):
        for ago in (timedelta(0), HOUR):
            who = User(ME, roles.union(also), NOW - ago)
            if (may(who, op, NOW, scene) is None) != allowed(who, op, NOW, scene):
                return True
    return False


def changed_tables() -> Iterator[tuple[str, tuple[Rule, ...], Operation]]:
    """The table with one rule taken out, changed or added, and what it is about."""
    for n, rule in enumerate(RULES):
        before, after = RULES[:n], RULES[n + 1 :]
        yield f"no {rule}", before + after, rule.operation
        others = [replace(rule, across=not rule.across)] + [
            replace(rule, condition=each) for each in set(Condition) - {rule.condition}
        ]
        for other in others:
            yield f"{rule} -> {other}", (*before, other, *after), rule.operation
    held = {(rule.role, rule.operation, rule.condition) for rule in RULES}
    for role, operation, condition in itertools.product(Role, Operation, Condition):
        # What is allowed always is not allowed more by a condition.
        if not held & {(role, operation, Condition.ALWAYS), (role, operation, condition)}:
            rule = Rule(role, operation, condition)
            yield f"and {rule}", (*RULES, rule), operation


def test_the_policy_as_it_is_has_no_slip() -> None:
    assert not slips(set(Operation))
    assert not slips(set(Operation), Role.RECOGNISER)


def test_each_rule_that_is_lost_added_or_changed_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unseen, count = [], 0
    for name, rules, operation in changed_tables():
        table = {operation: tuple(r for r in rules if r.operation is operation)}
        with monkeypatch.context() as patch:
            patch.setattr(access, "_RULES_OF", table)
            count += 1
            if not slips({operation}, Role.RECOGNISER):
                unseen.append(name)
    assert unseen == []
    assert count > 600


@pytest.mark.parametrize("name", ["NEEDS_RECOGNISER", "NEEDS_FRESH_SIGN_IN"])
def test_each_flag_that_is_lost_or_added_is_seen(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flagged = getattr(access, name)
    for operation in Operation:
        with monkeypatch.context() as patch:
            patch.setattr(access, name, flagged ^ {operation})
            assert slips({operation}) or slips({operation}, Role.RECOGNISER), operation


@pytest.mark.parametrize("role", Role)
def test_each_kind_of_membership_that_is_lost_or_added_is_seen(
    role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MEMBER_ROLES", access.MEMBER_ROLES ^ {role})
    seen = slips(set(Operation), Role.RECOGNISER)
    # A recogniser has no rule, so a membership as one is a ceiling of nothing anyway.
    assert seen or role is Role.RECOGNISER


@pytest.mark.parametrize("minutes", [59, 61])
def test_a_longer_or_shorter_hour_is_seen(
    minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "FRESH", timedelta(minutes=minutes))
    who = User(ME, frozenset(Role), NOW - timedelta(minutes=min(minutes, 60)))
    said = may(who, Operation.AUDIT_EXPORT, NOW) is None
    assert said != allowed(who, Operation.AUDIT_EXPORT, NOW, None)

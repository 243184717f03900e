"""What of a search somebody may see: the policy, said of all pictures at once.

`may` answers for one picture. A search has to count as well, so the same rules are said
here as a condition on what the index knows. What is shown is asked of `may` again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .access import MEMBER_ROLES, RULES, Condition, Operation, Role, User
from .collections import MAX_DEPTH, Collection, lost
from .search import SearchDocument

type Conditions = frozenset[Condition]
"""Any of these makes a picture one's to read; none of them: no picture is."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The pictures that somebody may read, and so find."""

    user_id: str
    anywhere: Conditions
    """What lets them read whatever collection it is in."""
    within: Conditions
    """What lets them read where no collection keeps them out."""
    ceilings: tuple[tuple[str, Conditions], ...]
    """Restricted collections, each with what their membership lets them read there."""
    known: frozenset[str]
    """Every collection on record: one that is in no list is closed to everybody."""

    def holds(self, document: SearchDocument, now: datetime) -> bool:
        """Whether a picture is theirs to find; the index says the same of all at once."""
        if document.ends_at is not None and document.ends_at <= now:
            return False
        met = self._met(document, now)
        if met & self.anywhere:
            return True
        return (
            bool(met & self.within)
            and document.collection_ids <= self.known
            and all(
                met & conditions
                for collection_id, conditions in self.ceilings
                if collection_id in document.collection_ids
            )
        )

    def _met(self, document: SearchDocument, now: datetime) -> Conditions:
        until = document.leaves_until
        return frozenset(
            condition
            for condition, is_met in (
                (Condition.ALWAYS, True),
                (Condition.LEAVES, until is not None and until > now),
                (Condition.OWN, document.uploader_id == self.user_id),
            )
            if is_met
        )


def horizon_of(user: User, collections: Iterable[Collection]) -> Horizon:
    """What this user may find, with the collections as they are."""
    every = tuple(collections)
    theirs = [
        rule
        for rule in RULES
        if rule.operation is Operation.ASSET_READ and rule.role in user.roles
    ]
    by_id = {each.collection_id: each for each in every}
    ceilings = {
        (each.collection_id, _ceiling(above.members.get(user.user_id)))
        for each in every
        for above in _upwards(each, by_id)
        if above.restricted
    }
    return Horizon(
        user_id=user.user_id,
        anywhere=frozenset(rule.condition for rule in theirs if rule.across),
        within=frozenset(rule.condition for rule in theirs if not rule.across),
        ceilings=tuple(sorted(ceilings, key=_in_order)),
        known=frozenset(each.collection_id for each in every),
    )


def _in_order(ceiling: tuple[str, Conditions]) -> tuple[str, list[str]]:
    return ceiling[0], sorted(ceiling[1])


def _upwards(
    collection: Collection, by_id: Mapping[str, Collection]
) -> Iterator[Collection]:
    """It and all that it stands in; one that nobody can find is closed to everybody."""
    found: Collection | None = collection
    for _ in range(MAX_DEPTH + 1):
        if found is None:
            return
        yield found
        parent = found.parent_id
        found = by_id.get(parent, lost(parent)) if parent else None
    yield lost(collection.collection_id)


def _ceiling(role: Role | None) -> Conditions:
    if role not in MEMBER_ROLES:
        return frozenset()
    return frozenset(
        rule.condition
        for rule in RULES
        if rule.role is role and rule.operation is Operation.ASSET_READ
    )

"""Gathering the facts of a decision: the same way at every place that decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.consent import Grant, Restriction, Withdrawal, known_by
from beeldrecht.domain.decisions import Facts
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.legal_bases import LegalBasis
from beeldrecht.domain.people import Appearance, AppearanceStatus

type Picture = tuple[AssetRecord, Asset, tuple[Appearance, ...]]
"""A picture's record, what decisions need of it, and who is on record as in it."""


class Pictures(Protocol):
    """Pictures, their faces, and who is in them."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...


class ConsentFacts(Protocol):
    """What people agreed to, and what is frozen."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What was given."""
        ...

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """What was taken back."""
        ...

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """What is frozen."""
        ...


class Register(Protocol):
    """The consent register."""

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about these people and this asset."""
        ...


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is on record, as it counts now."""

    grants: tuple[Grant, ...]
    withdrawals: tuple[Withdrawal, ...]
    restrictions: tuple[Restriction, ...]


def known_facts(
    register: Register,
    person_ids: Iterable[str],
    asset_id: str | None,
    at: datetime,
) -> KnownFacts:
    """The facts about these people and this asset, for whoever decides at `at`: now.

    What was taken back or frozen and is on record with a slightly later date, by a clock
    that runs ahead, counts as of now (`known_by`).
    """
    facts = register.facts(person_ids, asset_id)
    withdrawals, restrictions = known_by(facts.withdrawals, facts.restrictions, at)
    return KnownFacts(facts.grants, withdrawals, restrictions)


class Bases(Protocol):
    """What uses of pictures rest on besides consent."""

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        """Every basis on record for this picture, the ended ones too."""
        ...


class NoBases:
    """For who knows of none: then nothing rests on any, and less is allowed."""

    def of_asset(self, _asset_id: str) -> tuple[LegalBasis, ...]:
        """None."""
        return ()


def gather(
    asset: Asset,
    appearances: tuple[Appearance, ...],
    register: Register,
    bases: Bases,
    at: datetime,
) -> Facts:
    """Everything a decision on this picture at `at`, which is now, depends on.

    Of the other files of a picture what freezes them, and what was weighed against them:
    nobody gets round either with another file.
    """
    confirmed = {
        a.person_id for a in appearances if a.status is AppearanceStatus.CONFIRMED
    }
    known = known_facts(register, confirmed, asset.asset_id, at)
    others = sorted(asset.versions - {asset.asset_id})
    frozen = [known_facts(register, (), each, at).restrictions for each in others]
    weighed = [bases.of_asset(each) for each in others]
    return Facts(
        asset,
        appearances,
        known.grants,
        known.withdrawals,
        tuple(chain(known.restrictions, *frozen)),
        tuple(chain(bases.of_asset(asset.asset_id), *weighed)),
    )

"""Gathering the facts of a decision: the same way at every place that decides."""

from collections.abc import Iterable
from typing import Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.consent import Grant, Restriction, Withdrawal
from beeldrecht.domain.decisions import Facts
from beeldrecht.domain.intake import AssetRecord
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


def gather(
    asset: Asset, appearances: tuple[Appearance, ...], register: Register
) -> Facts:
    """Everything a decision on this picture depends on, as of now."""
    confirmed = {
        a.person_id for a in appearances if a.status is AppearanceStatus.CONFIRMED
    }
    facts = register.facts(confirmed, asset.asset_id)
    return Facts(asset, appearances, facts.grants, facts.withdrawals, facts.restrictions)

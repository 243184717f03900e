"""What nearly every step needs from outside; a step declares the rest beside itself."""

from collections.abc import Callable, Mapping, Set
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.assets import Asset
from beeldrecht.domain.intake import AssetRecord, RenditionName


class Audit(Protocol):
    """The audit trail."""

    def append(
        self,
        scope: str,
        entry_id: str,
        tag: str,
        at: datetime,
        actor: str,
        data: Mapping[str, str | int | None],
    ) -> None:
        """Add an entry to a chain; the same `entry_id` again adds nothing."""
        ...


class Masks(Protocol):
    """What covers faces."""

    def masked(
        self,
        record: AssetRecord,
        asset: Asset,
        rendition: RenditionName,
        covered: Set[str],
    ) -> str:
        """The id of the version in which these are; raises UncoverableError."""
        ...


class Claims(Protocol):
    """Creations that count once."""

    def claim(
        self,
        actor: str,
        operation: str,
        key: str,
        body: bytes,
        new_id: Callable[[], str],
        at: datetime,
    ) -> str:
        """The identifier of what this request makes; raises ReusedKeyError."""
        ...


class AssetQueue(Protocol):
    """A queue that carries assets to the next stage."""

    def send(self, asset_id: str) -> None:
        """Hand an asset on; twice does no harm."""
        ...


class Clearance(Protocol):
    """The workflow that decides on an asset."""

    def start(self, asset_id: str) -> None:
        """Have it decided on; twice does no harm."""
        ...


class Clocked(Protocol):
    """What comes with a clock."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...


class Creating(Clocked, Protocol):
    """What it takes to make something that counts once."""

    @property
    def claims(self) -> Claims:
        """The claims."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers: another one at each call."""
        ...

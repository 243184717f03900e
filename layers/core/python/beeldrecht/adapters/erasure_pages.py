"""Pages of erasures, and of the pictures of a plan."""

from dataclasses import dataclass

from beeldrecht.domain.erasure import Erasure, PlannedPicture


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """Some erasures, the last one begun first."""

    erasures: tuple[Erasure, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


@dataclass(frozen=True, slots=True)
class PicturePage:
    """Some pictures of a plan, by their ids."""

    pictures: tuple[PlannedPicture, ...]
    after: str | None
    """The picture after which the next page begins; None: there is none."""

"""What covers faces, in memory: the real step over the fakes, and the real pixels."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import Asset, Face
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.runtime.facts import Pictures
from beeldrecht_vision.masking import masked_jpeg
from egress.mask_asset import step
from tests.fakes.objects import FakeRenditions


class FakeMasks:
    """Makes masked versions in the same process."""

    def __init__(
        self,
        library: Pictures,
        renditions: FakeRenditions,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._renditions = renditions
        self._now = now
        self.asked: list[tuple[RenditionName, frozenset[str]]] = []
        self.fails: Exception | None = None
        self.cover: Callable[[bytes, Sequence[Face], int], bytes] = masked_jpeg
        """What covers; another one where pictures hold no pixels."""

    def masked(
        self,
        record: AssetRecord,
        _asset: Asset,
        rendition: RenditionName,
        covered: Set[str],
    ) -> str:
        self.asked.append((rendition, frozenset(covered)))
        if self.fails is not None:
            raise self.fails
        event = step.Event(
            asset_id=record.asset_id,
            revision=record.revision,
            rendition=rendition,
            face_ids=frozenset(covered),
        )
        try:
            made = step.mask_asset(
                event, self._library, self._renditions, self.cover, self._now
            )
        except step.ChangedMeanwhileError as error:
            raise StaleRevisionError(record.asset_id) from error
        if made.outcome is step.Outcome.UNCOVERABLE:
            raise UncoverableError(record.asset_id)
        return made.mask_id

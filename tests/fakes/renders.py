"""What renders for channels, in memory: the real step, and files that only say so."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import Asset, Face
from beeldrecht.domain.channel_renditions import FileFormat, Make, Plan
from beeldrecht.domain.channels import Use
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.metadata import ModelRelease
from beeldrecht.runtime.facts import Pictures
from egress.render_asset import step
from tests.fakes.effects import Effects
from tests.fakes.samples import NOON


def plainly(
    jpeg: tuple[bytes, int],
    record: AssetRecord,
    covered: Sequence[Face],
    plan: Plan,
    release: ModelRelease | None,
    use: Use,
) -> bytes:
    """A file that only says what it would be."""
    return f"{plan.make.name} {plan.width}x{plan.height} {len(covered)}".encode()


class FakeRenders:
    """Makes versions for channels in the same process, and signs what it made."""

    def __init__(
        self,
        library: Pictures,
        now: Callable[[], datetime],
        effects: Effects | None = None,
    ) -> None:
        self._library = library
        self._now = now
        self._effects = effects or Effects()
        self.made: dict[tuple[str, str], tuple[Plan, bytes]] = {}
        self.made_at: dict[tuple[str, str], datetime] = {}
        self.at = NOON
        self.render: step.Renders = plainly

    def read(self, _record: AssetRecord) -> tuple[bytes, int]:
        return b"", 1

    def rendered(
        self, record: AssetRecord, _asset: Asset, make: Make, covered: Set[str], use: Use
    ) -> str:
        event = step.Event(
            asset_id=record.asset_id,
            revision=record.revision,
            size=make.size,
            format=make.format,
            crop=make.crop,
            watermark=make.watermark,
            face_ids=frozenset(covered),
            channel=use.channel,
            place=use.place,
            decided_at=use.decided_at,
        )
        try:
            made = step.render_asset(
                event, self._library, self, self, self.render, self._now
            )
        except step.ChangedMeanwhileError as error:
            raise StaleRevisionError(record.asset_id) from error
        if made.outcome is step.Outcome.UNCOVERABLE:
            raise UncoverableError(record.asset_id)
        return made.rendition_id

    def write_made(
        self, asset_id: str, rendition: str, plan: Plan, data: bytes, file_name: str
    ) -> None:
        assert file_name
        self.made[asset_id, rendition] = (plan, data)
        self.made_at[asset_id, rendition] = self.at

    def made_since(
        self, asset_id: str, rendition: str, written_as: FileFormat
    ) -> datetime | None:
        return self.made_at.get((asset_id, rendition))

    def made_link(
        self, asset_id: str, rendition: str, written_as: FileFormat, seconds: int
    ) -> str:
        with self._effects.effect("renditions.link"):
            end = written_as.suffix
            return f"https://renditions.invalid/{asset_id}/{rendition}{end}?{seconds}"

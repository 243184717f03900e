"""From a plan to a file: what is written, and what is said within it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from beeldrecht.domain.assets import Face
from beeldrecht.domain.channel_renditions import SIZES, Plan, check_address, public_id
from beeldrecht.domain.channels import Use
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.metadata import ModelRelease
from beeldrecht.domain.provenance import Statement, actions_of, manifest
from beeldrecht_vision.embedded_metadata import Said
from beeldrecht_vision.rendering import Cut, Wanted, rendered

_PLUS = {
    ModelRelease.NONE: "MR-NON",
    ModelRelease.NOT_APPLICABLE: "MR-NAP",
    ModelRelease.UNLIMITED: "MR-UMR",
    ModelRelease.LIMITED: "MR-LMR",
}


class Signs(Protocol):
    """What signs what a file says."""

    def signed(self, data: bytes, media_type: str, manifest: Mapping[str, Any]) -> bytes:
        """The same file with a manifest."""
        ...


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes files that say where to ask whether they may be used, and sign that."""

    site_url: str
    controller: str
    pixel_limit: int
    signer: Signs

    def __call__(
        self,
        jpeg: tuple[bytes, int],
        record: AssetRecord,
        covered: Sequence[Face],
        plan: Plan,
        release: ModelRelease | None,
        use: Use,
    ) -> bytes:
        """The bytes of the file; raises UncoverableFaceError.

        A file that cannot be signed is none: what signs it raises.
        """
        data, orientation = jpeg
        crop, make = plan.crop, plan.make
        wanted = Wanted(
            cut=Cut(crop.left, crop.top, crop.width, crop.height),
            width=plan.width,
            height=plan.height,
            written_as=make.format.value,
            dpi=SIZES[make.size].dpi,
            watermark=f"\u00a9 {self._owner(record)}" if make.watermark else "",
        )
        file = rendered(
            data,
            orientation,
            record.original.width if record.original else crop.width,
            covered,
            wanted,
            self.said(record, release),
            pixel_limit=self.pixel_limit,
        )
        stated = manifest(
            self.stated(record, plan, release, use), actions_of(record, plan)
        )
        return self.signer.signed(file, make.format.media_type, stated)

    def stated(
        self, record: AssetRecord, plan: Plan, release: ModelRelease | None, use: Use
    ) -> Statement:
        """What the file says, signed, of the decision by which it leaves."""
        return Statement(
            public_id=public_id(record.asset_id),
            check=check_address(self.site_url, record.asset_id),
            use=use,
            release=_PLUS[release] if release else "",
            masked=bool(plan.covered),
        )

    def said(self, record: AssetRecord, release: ModelRelease | None) -> Said:
        """What the file says: what is said of the picture, and where to ask.

        Nobody in it is named: no consent of today says that a name may go along.
        """
        about = record.description
        return Said(
            title=about.title or "",
            caption=about.caption or "",
            keywords=about.keywords,
            creator=about.creator or "",
            credit=about.credit or "",
            rights=about.copyright or "",
            usage_terms=about.usage_terms or "",
            location=about.location or "",
            city=about.city or "",
            region=about.region or "",
            country=about.country or "",
            captured_at=about.captured_at or "",
            release=_PLUS[release] if release else "",
            release_ids=about.model_release_ids,
            check=check_address(self.site_url, record.asset_id),
        )

    def _owner(self, record: AssetRecord) -> str:
        return record.description.credit or self.controller

"""Archives on their way in, as requests and answers say them."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import (
    BATCH,
    MOST_FILES,
    ArchiveImport,
    ImportState,
    ImportTally,
    ImportTerms,
)
from beeldrecht.domain.legal_bases import OF_THE_DEAD, LegalBasisKind
from beeldrecht.domain.sessions import Origin
from beeldrecht.runtime.events import Frozen, OpaqueId
from intake.import_files.step import Answer, ImportedFile


class ImportOrder(Frozen):
    """An archive that somebody wants to bring in."""

    name: Annotated[
        str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True)
    ] = Field(description="Begun again under the same name it is the same import.")
    count: Annotated[int, Field(ge=1, le=MOST_FILES)]
    origin: Origin | None = Field(
        default=None,
        description=(
            "What holds for all of it. Whatever is said, software looks for nobody in a "
            "picture that came with an archive."
        ),
    )
    session_id: OpaqueId | None = None
    collection_id: OpaqueId | None = None
    basis: LegalBasisKind | None = Field(
        default=None, description="On what keeping it rests; it allows no use."
    )

    @field_validator("basis")
    @classmethod
    def of_an_archive(cls, basis: LegalBasisKind | None) -> LegalBasisKind | None:
        """Refuse what is said of one person who died: no archive rests on that."""
        if basis in OF_THE_DEAD:
            raise ValueError("it is about one person, and recorded by picture")
        return basis

    def terms(self) -> ImportTerms:
        """As the domain says them."""
        return ImportTerms(self.origin, self.session_id, self.collection_id, self.basis)


class ImportCounts(Frozen):
    """How many of the pictures that an import announced stand where."""

    announced: int
    open: int
    """Not sent yet, or on their way to a first decision."""
    embargoed: int
    ready: int
    released: int
    rejected: int
    lapsed: int
    """Of the open ones, those that were announced too long ago to be sent."""

    @classmethod
    def of(cls, tally: ImportTally, at: datetime) -> "ImportCounts":
        """As they are at that instant."""
        return cls(
            announced=tally.announced,
            open=tally.open,
            embargoed=tally.of(AssetStatus.EMBARGOED),
            ready=tally.of(AssetStatus.READY),
            released=tally.of(AssetStatus.RELEASED),
            rejected=tally.of(AssetStatus.REJECTED),
            lapsed=tally.lapsed(at),
        )


class ImportView(Frozen):
    """An import, and how far it came."""

    import_id: OpaqueId
    name: str
    count: int
    announced: int
    """How many of its pictures are announced."""
    counts: ImportCounts
    state: ImportState
    origin: Origin | None
    session_id: OpaqueId | None
    collection_id: OpaqueId | None
    basis: LegalBasisKind | None
    begun_at: datetime
    stopped_at: datetime | None

    @classmethod
    def of(cls, found: ArchiveImport, tally: ImportTally, at: datetime) -> "ImportView":
        """As it stands at that instant."""
        terms = found.terms
        return cls(
            import_id=found.import_id,
            name=found.name,
            count=found.count,
            announced=tally.announced,
            counts=ImportCounts.of(tally, at),
            state=found.state,
            origin=terms.origin,
            session_id=terms.session_id,
            collection_id=terms.collection_id,
            basis=terms.basis,
            begun_at=found.begun_at,
            stopped_at=found.stopped_at,
        )


class ImportList(Frozen):
    """What somebody brought in, the newest first."""

    items: list[ImportView]


class FilesOrder(Frozen):
    """Some of the files of an import."""

    files: Annotated[tuple[ImportedFile, ...], Field(min_length=1, max_length=BATCH)]


class FilesAnswer(Answer):
    """Where each of the files stands, in the order of the request."""


class ImportedPicture(Frozen):
    """Where one picture of an import stands."""

    asset_id: OpaqueId
    status: AssetStatus | None
    """None: it is not on record any more."""
    rejection: str | None


class ImportedPictures(Frozen):
    """Some of the pictures of an import."""

    items: list[ImportedPicture]
    cursor: str | None

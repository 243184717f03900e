"""The items of the `library` table as PynamoDB sees them; for the repository alone."""

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

IN_INDEX = ["kind", "asset_id", "face_id"]
"""Ids alone: an index that held more would cost a write for every change of it, and would
be one more place where descriptions lie."""


class ByLookup(GlobalSecondaryIndex["LibraryItem"]):
    """Exact duplicates by digest, appearances by person."""

    class Meta:
        """Where it is."""

        index_name = "by_lookup"
        projection = IncludeProjection(IN_INDEX)

    gsi1pk = UnicodeAttribute(hash_key=True)
    gsi1sk = UnicodeAttribute(range_key=True)


class ByWork(GlobalSecondaryIndex["LibraryItem"]):
    """Assets by status and by the instant at which somebody should look again."""

    class Meta:
        """Where it is."""

        index_name = "by_work"
        projection = IncludeProjection(IN_INDEX)

    gsi2pk = UnicodeAttribute(hash_key=True)
    gsi2sk = UnicodeAttribute(range_key=True)


class LibraryItem(Model):
    """Any item of the table; a query through it gives each its own kind."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    gsi2pk = UnicodeAttribute(null=True)
    gsi2sk = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_lookup = ByLookup()
    by_work = ByWork()


class AssetItem(LibraryItem, discriminator="asset"):
    """A picture."""

    asset_id = UnicodeAttribute()
    status = UnicodeAttribute()
    revision = VersionAttribute()
    file_name = UnicodeAttribute()
    declared_type = UnicodeAttribute()
    declared_size = NumberAttribute()
    uploader_id = UnicodeAttribute()
    import_id = UnicodeAttribute(null=True)
    session_id = UnicodeAttribute(null=True)
    announced_at = UTCDateTimeAttribute()
    declared_sha256 = UnicodeAttribute(null=True)
    declared_parts = ListAttribute[str](null=True)
    origin = UnicodeAttribute(null=True)
    replaces = UnicodeAttribute(null=True)
    chain_id = UnicodeAttribute(null=True)
    replaced_at = UTCDateTimeAttribute(null=True)
    original = JSONAttribute(null=True)
    description = JSONAttribute(null=True)
    description_before = JSONAttribute(null=True)
    edit_id = UnicodeAttribute(null=True)
    renditions = UnicodeSetAttribute(null=True)
    notes = ListAttribute[str](null=True)
    duplicate_of = UnicodeAttribute(null=True)
    near_duplicates = ListAttribute[str](null=True)
    rejection = JSONAttribute(null=True)
    detector_id = UnicodeAttribute(null=True)
    face_count = NumberAttribute(null=True)
    faces_complete = BooleanAttribute(null=True)
    release = JSONAttribute(null=True)
    declaration = JSONAttribute(null=True)
    decision = JSONAttribute(null=True)
    decided_revision = NumberAttribute(null=True)
    attempts = NumberAttribute(null=True)
    collection_ids = UnicodeSetAttribute(null=True)
    ends_at = NumberAttribute(null=True)


class TermItem(LibraryItem, discriminator="asset_term"):
    """When a picture's term ends; its going starts the erasure of all the rest."""

    asset_id = UnicodeAttribute()


class FaceItem(LibraryItem, discriminator="face"):
    """A box around a face."""

    asset_id = UnicodeAttribute()
    face_id = UnicodeAttribute()
    geometry = JSONAttribute()
    mark = UnicodeAttribute()
    found_at = UTCDateTimeAttribute(null=True)


class AppearanceItem(LibraryItem, discriminator="appearance"):
    """A person in a face."""

    asset_id = UnicodeAttribute()
    face_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    status = UnicodeAttribute()
    settled_by = UnicodeAttribute(null=True)
    settled_at = UTCDateTimeAttribute(null=True)
    band = UnicodeAttribute(null=True)


class BandItem(LibraryItem, discriminator="band"):
    """A picture under one quarter of its perceptual hash."""

    asset_id = UnicodeAttribute()
    perceptual_hash = UnicodeAttribute()


class RecognitionItem(LibraryItem, discriminator="recognition"):
    """How far recognition may go in this deployment; absent means `detect`."""

    mode = UnicodeAttribute()
    assessment_id = UnicodeAttribute(null=True)
    switched_by = UnicodeAttribute(null=True)
    switched_at = UTCDateTimeAttribute(null=True)
    revision = VersionAttribute()

"""The items of the `consent` table that hold facts, and the values they stand for.

A stream of the table tells them apart by `kind`; every id is an attribute of its own. The
other items of the table lie beside their repositories.
"""

from datetime import date, datetime

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Restriction,
    RestrictionKind,
    Withdrawal,
)
from beeldrecht.domain.time import Period

from . import keys
from .library_items import IN_INDEX
from .pages import place


class ByLookup(GlobalSecondaryIndex["ConsentItem"]):
    """People, links, requests, wordings, mails and ends: see `keys`."""

    class Meta:
        """Where it is."""

        index_name = "by_lookup"
        projection = IncludeProjection(IN_INDEX)

    gsi1pk = UnicodeAttribute(hash_key=True)
    gsi1sk = UnicodeAttribute(range_key=True)


class ConsentItem(Model):
    """Any item of the table."""

    class Meta:
        """The repository that is wired fills in the name."""

        table_name = ""
        region = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_lookup = ByLookup()


class PersonItem(ConsentItem, discriminator="person"):
    """Somebody who can be portrayed."""

    person_id = UnicodeAttribute()
    sealed_name = BinaryAttribute(legacy_encoding=False)
    added_at = UTCDateTimeAttribute()


class QuitclaimItem(ConsentItem, discriminator="quitclaim"):
    """A signed document; `request_id` is what it answers, `replaces` what it renews."""

    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    wording_version = UnicodeAttribute()
    wording_sha256 = UnicodeAttribute()
    language = UnicodeAttribute()
    signed_at = UTCDateTimeAttribute()
    signed_on = UnicodeAttribute()
    guardian = BooleanAttribute()
    request_id = UnicodeAttribute(null=True)
    session_id = UnicodeAttribute(null=True)
    replaces = UnicodeAttribute(null=True)


class GrantItem(ConsentItem, discriminator="grant"):
    """One thing agreed to; listed under the month of its end."""

    grant_id = UnicodeAttribute()
    quitclaim_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    grant_kind = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute(null=True)
    last_day = UnicodeAttribute(null=True)
    ends_with_age = BooleanAttribute(null=True)
    channels = UnicodeSetAttribute(null=True)
    places = UnicodeSetAttribute(null=True)


class WithdrawalItem(ConsentItem, discriminator="withdrawal"):
    """A grant taken back."""

    withdrawal_id = UnicodeAttribute()
    grant_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    effective_at = UTCDateTimeAttribute()


class RestrictionItem(ConsentItem, discriminator="restriction"):
    """A person or an asset frozen."""

    restriction_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    restriction_kind = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute(null=True)


class EnrolmentItem(ConsentItem, discriminator="enrolment"):
    """That a template of somebody was made; what follows it is started by this."""

    enrolment_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()


class LiftItem(ConsentItem, discriminator="lift"):
    """That a freeze is over: beside the freeze, which stays as it was."""

    restriction_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    lifted_at = UTCDateTimeAttribute()


# -- from values to items ----------------------------------------------------------------


def person_item(person_id: str, sealed_name: bytes, at: datetime) -> PersonItem:
    """Somebody with their sealed name."""
    return PersonItem(
        keys.person(person_id),
        keys.META,
        person_id=person_id,
        sealed_name=sealed_name,
        added_at=at,
        gsi1pk=keys.PEOPLE,
        gsi1sk=place(at, person_id),
    )


def quitclaim_item(
    quitclaim: Quitclaim,
    request_id: str | None = None,
    session_id: str | None = None,
    replaces: str | None = None,
) -> QuitclaimItem:
    """A signed document, and what it answers or renews."""
    return QuitclaimItem(
        keys.person(quitclaim.person_id),
        keys.QUITCLAIM + quitclaim.quitclaim_id,
        quitclaim_id=quitclaim.quitclaim_id,
        person_id=quitclaim.person_id,
        wording_version=quitclaim.wording_version,
        wording_sha256=quitclaim.wording_sha256,
        language=quitclaim.language,
        signed_at=quitclaim.signed_at,
        signed_on=quitclaim.signed_on,
        guardian=quitclaim.guardian,
        request_id=request_id,
        session_id=session_id,
        replaces=replaces,
        gsi1pk=keys.facts(quitclaim.signed_at),
        gsi1sk=place(quitclaim.signed_at, quitclaim.quitclaim_id),
    )


def grant_item(grant: Grant) -> GrantItem:
    """One thing agreed to."""
    end = grant.period.end
    return GrantItem(
        keys.person(grant.person_id),
        keys.GRANT + grant.grant_id,
        grant_id=grant.grant_id,
        quitclaim_id=grant.quitclaim_id,
        person_id=grant.person_id,
        grant_kind=grant.kind.value,
        start=grant.period.start,
        end=end,
        last_day=grant.last_day.isoformat() if grant.last_day else None,
        ends_with_age=grant.ends_with_age or None,
        channels={c.value for c in grant.channels} or None,
        places={p.value for p in grant.places} or None,
        gsi1pk=None if end is None else keys.ends(end),
        gsi1sk=None if end is None else place(end, grant.quitclaim_id),
    )


def withdrawal_item(withdrawal: Withdrawal) -> WithdrawalItem:
    """A grant taken back."""
    return WithdrawalItem(
        keys.person(withdrawal.person_id),
        keys.WITHDRAWAL + withdrawal.withdrawal_id,
        withdrawal_id=withdrawal.withdrawal_id,
        grant_id=withdrawal.grant_id,
        person_id=withdrawal.person_id,
        effective_at=withdrawal.effective_at,
        gsi1pk=keys.facts(withdrawal.effective_at),
        gsi1sk=place(withdrawal.effective_at, withdrawal.withdrawal_id),
    )


def restriction_item(restriction: Restriction) -> RestrictionItem:
    """A freeze."""
    return RestrictionItem(
        keys.subject(restriction.subject_id),
        keys.RESTRICTION + restriction.restriction_id,
        restriction_id=restriction.restriction_id,
        subject_id=restriction.subject_id,
        restriction_kind=restriction.kind.value,
        start=restriction.period.start,
        end=restriction.period.end,
        gsi1pk=keys.facts(restriction.period.start),
        gsi1sk=place(restriction.period.start, restriction.restriction_id),
    )


def enrolment_item(
    enrolment_id: str, person_id: str, at: datetime, expires_at: int
) -> EnrolmentItem:
    """An enrolment, kept for as long as something may have to follow it."""
    return EnrolmentItem(
        keys.subject(person_id),
        keys.ENROLMENT + enrolment_id,
        enrolment_id=enrolment_id,
        subject_id=person_id,
        expires_at=expires_at,
        gsi1pk=keys.facts(at),
        gsi1sk=place(at, enrolment_id),
    )


def lift_item(restriction: Restriction, at: datetime) -> LiftItem:
    """The end of a freeze."""
    return LiftItem(
        keys.subject(restriction.subject_id),
        keys.LIFT + restriction.restriction_id,
        restriction_id=restriction.restriction_id,
        subject_id=restriction.subject_id,
        lifted_at=at,
        gsi1pk=keys.facts(at),
        gsi1sk=place(at, restriction.restriction_id),
    )


# -- from items to values ----------------------------------------------------------------


def quitclaim_of(item: QuitclaimItem) -> Quitclaim:
    """The document that an item holds."""
    return Quitclaim(
        quitclaim_id=item.quitclaim_id,
        person_id=item.person_id,
        wording_version=item.wording_version,
        wording_sha256=item.wording_sha256,
        language=item.language,
        signed_at=item.signed_at,
        signed_on=item.signed_on,
        guardian=item.guardian,
    )


def grant_of(item: GrantItem) -> Grant:
    """The grant that an item holds."""
    return Grant(
        grant_id=item.grant_id,
        quitclaim_id=item.quitclaim_id,
        person_id=item.person_id,
        kind=GrantKind(item.grant_kind),
        period=Period(item.start, item.end),
        channels=frozenset(Channel(c) for c in item.channels or ()),
        places=frozenset(Place(p) for p in item.places or ()),
        last_day=date.fromisoformat(item.last_day) if item.last_day else None,
        ends_with_age=bool(item.ends_with_age),
    )


def withdrawal_of(item: WithdrawalItem) -> Withdrawal:
    """The withdrawal that an item holds."""
    return Withdrawal(
        item.withdrawal_id, item.grant_id, item.person_id, item.effective_at
    )


def restriction_of(item: RestrictionItem, lift: LiftItem | None) -> Restriction:
    """The freeze that an item holds, over where it was lifted."""
    return Restriction(
        item.restriction_id,
        item.subject_id,
        RestrictionKind(item.restriction_kind),
        cut_short(Period(item.start, item.end), None if lift is None else lift.lifted_at),
    )


def cut_short(period: Period, at: datetime | None) -> Period:
    """A period that somebody ended at that instant; it never gets longer by it."""
    if at is None:
        return period
    end = at if period.end is None else min(period.end, at)
    return Period(period.start, max(period.start, end))

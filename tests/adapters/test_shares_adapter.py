"""Shares and publications: what stands in memory and in the tables keeps one promise."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.publications import Publications
from beeldrecht.adapters.shares import Shares, sealed_recipient
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import ReadySize, public_id
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind, mail_about
from beeldrecht.domain.publications import Publication, PublicationWay
from beeldrecht.domain.shares import Recipient, Share, ShareWay
from beeldrecht.domain.time import day_of
from tests.adapters.aws import Aws
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.disclosures import FakeDisclosures
from tests.fakes.mails import FakeMails
from tests.fakes.runtime import REGION
from tests.fakes.samples import EDITOR, NOON
from tests.fakes.sealing import FakeKeyRing
from tests.fakes.shares import FakePublications, FakeShares


@dataclass
class Room:
    """Where they are kept."""

    shares: Any
    publications: Any
    disclosures: Any
    seals: FakeKeyRing


def entry(subject: str, what: str) -> NewEntry:
    tag = f"test:{what}:put"
    return NewEntry(subject, f"{tag}:{subject}", tag, NOON, EDITOR)


def share(**changed: Any) -> Share:
    made = Share(
        share_id=new_id(),
        asset_ids=(new_id(), new_id()),
        channel=Channel.WEBSITE,
        place=Place.NETHERLANDS,
        way=ShareWay.DOWNLOAD,
        recipient_id=new_id(),
        created_by=EDITOR,
        created_at=NOON,
        ends_at=NOON + timedelta(days=14),
        max_downloads=2,
        password="salt.digest",
        collection_id=new_id(),
    )
    return replace(made, **changed)


def publication(asset_id: str) -> Publication:
    return Publication(
        publication_id=new_id(),
        asset_id=asset_id,
        way=PublicationWay.EMBEDDED,
        channel=Channel.WEBSITE,
        place=Place.WORLD,
        where="www.krant.example",
        responsible_id=EDITOR,
        made_by=EDITOR,
        made_at=NOON,
        from_=NOON,
        until=NOON + timedelta(days=9),
        size=ReadySize.MEDIUM,
    )


class SharesContract:
    """What both promise."""

    def test_a_share_is_kept_whole_and_who_received_it_sealed(self, room: Room) -> None:
        made, who = share(), Recipient("Jo Vis", "jo@krant.example", "fr")
        sealed = sealed_recipient(made, who, room.seals, NOON + timedelta(days=9999))
        mail = mail_about(MailKind.SHARE, made.recipient_id, NOON, share_id=made.share_id)
        assert room.shares.create(made, sealed, entry(made.share_id, "share"), mail)
        assert not room.shares.create(made, sealed, entry(made.share_id, "share"), mail)
        assert room.shares.get(made.share_id, NOON) == made
        assert room.shares.get(new_id(), NOON) is None
        assert room.shares.recipient(made.share_id, room.seals) == who
        found, more = room.shares.page(NOON, None, 10)
        assert (found, more) == ((made,), None)

    def test_so_many_are_fetched_as_may_be_and_none_once_it_is_taken_back(
        self, room: Room
    ) -> None:
        made = share()
        room.shares.create(made, b"sealed", entry(made.share_id, "share"))
        assert [room.shares.count(made) for _ in range(3)] == [True, True, False]
        endless = share(max_downloads=None)
        room.shares.create(endless, b"sealed", entry(endless.share_id, "share"))
        assert room.shares.count(endless)
        gone = entry(endless.share_id, "revoked")
        for at in (NOON, NOON + timedelta(hours=1)):
            room.shares.revoke(endless.share_id, at, gone)
        assert room.shares.get(endless.share_id, NOON).revoked_at == NOON
        assert not room.shares.count(endless)

    def test_a_publication_is_found_counted_and_ended(self, room: Room) -> None:
        made = publication(new_id())
        copy = Disclosure(
            disclosure_id=new_id(),
            asset_id=made.asset_id,
            kind=DisclosureKind.PUBLICATION,
            recipient_id=EDITOR,
            channel=made.channel,
            place=made.place,
            rendition="published",
            masked=frozenset(),
            at=NOON,
            revision=1,
        )
        assert room.disclosures.of_public(public_id(made.asset_id)) is None
        assert room.publications.create(made, copy, entry(made.asset_id, "publication"))
        assert room.publications.get(made.publication_id, NOON) == made
        assert room.publications.of_asset(made.asset_id, NOON) == (made,)
        assert room.publications.page(NOON, None, 10) == ((made,), None)
        assert list(room.disclosures.of_asset(made.asset_id, NOON)) == [copy]
        assert room.disclosures.of_public(public_id(made.asset_id)) == made.asset_id
        for _ in range(3):
            room.publications.count(made, NOON)
        assert room.publications.shown(made) == {day_of(NOON): 3}
        room.publications.end(made, NOON, entry(made.asset_id, "ended"))
        room.publications.end(made, NOON + timedelta(1), entry(made.asset_id, "ended"))
        assert room.publications.get(made.publication_id, NOON).ended_at == NOON

    def test_who_looks_again_within_the_hour_is_one_copy(self, room: Room) -> None:
        asset_id, same = new_id(), new_id()
        for minutes in (0, 5, 50):
            at = NOON + timedelta(minutes=minutes)
            copy = Disclosure(
                disclosure_id=same,
                asset_id=asset_id,
                kind=DisclosureKind.SHARE,
                recipient_id=EDITOR,
                channel=Channel.WEBSITE,
                place=Place.WORLD,
                rendition="preview",
                masked=frozenset(),
                at=at,
                revision=1,
                since=NOON,
            )
            said = NewEntry(asset_id, f"test:copy:{minutes}", "test:copy:put", at, EDITOR)
            room.disclosures.record(copy, said)
        (only,) = room.disclosures.of_asset(asset_id, NOON)
        assert only.at == NOON


class TestInMemory(SharesContract):
    @pytest.fixture
    def room(self) -> Room:
        trail = FakeAuditTrail()
        copies, shares = FakeDisclosures(trail), FakeShares(trail, FakeMails(trail))
        return Room(shares, FakePublications(trail, copies), copies, FakeKeyRing())


class TestInTables(SharesContract):
    @pytest.fixture
    def room(self, aws: Aws) -> Room:
        library, consent = aws.table("library"), aws.table("consent")
        trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
        return Room(
            Shares(library, consent, REGION, trail),
            Publications(library, REGION, trail),
            Disclosures(library, REGION, trail),
            FakeKeyRing(),
        )

"""Shares and publications in memory: recorded with their entries and mails."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.disclosures import Disclosure
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.publications import Publication
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.shares import Recipient, Share, gives
from beeldrecht.domain.time import day_of
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.disclosures import FakeDisclosures
from tests.fakes.mails import FakeMails


class FakeShares:
    """Shares by their identifier."""

    def __init__(self, trail: FakeAuditTrail, mails: FakeMails) -> None:
        self._trail = trail
        self._mails = mails
        self._policy = RetentionPolicy()
        self.shares: dict[str, Share] = {}
        self.sealed: dict[str, bytes] = {}

    def latest_end(self, at: datetime) -> datetime | None:
        return self._policy.ends(RetentionKind.SHARES, at)

    def recipient_ends(self, share: Share) -> datetime | None:
        return self._policy.ends(RetentionKind.DISCLOSURES, share.ends_at)

    def create(
        self, share: Share, sealed: bytes, entry: NewEntry, mail: Mail | None = None
    ) -> bool:
        if share.share_id in self.shares:
            return False

        def write() -> None:
            self.shares[share.share_id] = share
            self.sealed[share.share_id] = sealed
            if mail is not None:
                self._mails.put_new([mail])

        self._trail.record(entry, write)
        return True

    def get(self, share_id: str, _at: datetime) -> Share | None:
        return self.shares.get(share_id)

    def recipient(self, share_id: str, seals: Seals) -> Recipient | None:
        share = self.shares.get(share_id)
        if share is None:
            return None
        said = json.loads(seals.open(share.recipient_id, self.sealed[share_id]))
        return Recipient(**said)

    def page(
        self, _at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Share, ...], str | None]:
        assert after is None
        return tuple(self.shares.values())[:limit], None

    def revoke(self, share_id: str, at: datetime, entry: NewEntry) -> None:
        share = self.shares[share_id]
        if share.revoked_at is None:

            def write() -> None:
                self.shares[share_id] = replace(share, revoked_at=at)

            self._trail.record(entry, write)

    def count(self, share: Share) -> bool:
        now = self.shares[share.share_id]
        if now.revoked_at is not None or gives(now) is not None:
            return False
        self.shares[share.share_id] = replace(now, downloads=now.downloads + 1)
        return True


class FakePublications:
    """Publications by their identifier."""

    def __init__(self, trail: FakeAuditTrail, disclosures: FakeDisclosures) -> None:
        self._trail = trail
        self._disclosures = disclosures
        self.publications: dict[str, Publication] = {}
        self.counts: Counter[tuple[str, date]] = Counter()

    def create(
        self, publication: Publication, disclosure: Disclosure | None, entry: NewEntry
    ) -> bool:
        if publication.publication_id in self.publications:
            return False

        def write() -> None:
            self.publications[publication.publication_id] = publication
            if disclosure is not None:
                self._disclosures.put(disclosure)

        self._trail.record(entry, write)
        return True

    def get(self, publication_id: str, _at: datetime) -> Publication | None:
        return self.publications.get(publication_id)

    def of_asset(self, asset_id: str, _at: datetime) -> tuple[Publication, ...]:
        found = self.publications.values()
        return tuple(each for each in found if each.asset_id == asset_id)

    def page(
        self, _at: datetime, after: str | None, limit: int
    ) -> tuple[tuple[Publication, ...], str | None]:
        assert after is None
        return tuple(self.publications.values())[:limit], None

    def end(self, publication: Publication, at: datetime, entry: NewEntry) -> None:
        if self.publications[publication.publication_id].ended_at is None:

            def write() -> None:
                ended = replace(publication, ended_at=at)
                self.publications[publication.publication_id] = ended

            self._trail.record(entry, write)

    def count(self, publication: Publication, at: datetime) -> None:
        self.counts[publication.publication_id, day_of(at)] += 1

    def shown(self, publication: Publication) -> dict[date, int]:
        own = publication.publication_id
        return {day: times for (each, day), times in self.counts.items() if each == own}

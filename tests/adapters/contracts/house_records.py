"""The promises of wordings, sessions and legal bases: what the organisation records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.governance import RegisterKind, Revocation
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.legal_bases import LegalBasis, LegalBasisKind
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import Period, midnight
from beeldrecht.domain.wordings import Wording, WordingText, canonical
from tests.adapters.contracts.asking import paged
from tests.adapters.contracts.consents import (
    Consents,
    ConsentsContract,
    entry_of,
    tags,
)
from tests.fakes.governance import signature_of, version_of
from tests.fakes.samples import ANN, BOB, EDITOR, NOON

HOUR = timedelta(hours=1)
BASIS = BatchBasis(
    LegalBasisKind.PUBLIC_TASK, frozenset({Channel.WEBSITE, Channel.PRINT}), "Wet 3"
)
TEXT = WordingText(
    title="Beeldgebruik",
    purpose="Wij vertellen over ons werk.",
    controller="Stichting Voorbeeld, Dorpsstraat 1",
    notice=("Eerste alinea.", "Tweede alinea, met “aanhaling” en é."),
    image="Ik vind het goed.",
    portrait=None,
    biometric="Ik wil herkend worden.",
    guardian="Namens het kind.",
)


def a_wording(version: int = 1, wording_id: str | None = None) -> Wording:
    return Wording(
        wording_id=wording_id or new_id(),
        version=version,
        texts={"nl": TEXT, "en": replace(TEXT, title="Use of pictures")},
        channels={Channel.WEBSITE: 36, Channel.PAID: 12},
        places=frozenset({Place.NETHERLANDS, Place.WORLD}),
        portrait_months=None,
        biometric_months=24,
        compensation=None,
        created_by=EDITOR,
        created_at=NOON,
    )


class WordingsContract(ConsentsContract):
    """Versions are counted without gaps and never change."""

    def add(self, consents: Consents, wording: Wording) -> bool:
        return consents.wordings.add(wording, entry_of(wording.wording_id, "wording:add"))

    def test_r04_a_wording_comes_back_to_the_letter(self, consents: Consents) -> None:
        plain = a_wording()
        whole = replace(
            a_wording(), portrait_months=60, compensation="Een tegoedbon van € 25"
        )
        for wording in (plain, whole):
            assert self.add(consents, wording)
            found = consents.wordings.get(wording.name)
            assert found == wording
            for language in wording.texts:
                assert canonical(found, language) == canonical(wording, language)
            assert consents.wordings.latest(wording.wording_id) == wording

    def test_r04_a_version_is_never_written_over(self, consents: Consents) -> None:
        first = a_wording()
        self.add(consents, first)
        changed = replace(first, texts={"nl": replace(TEXT, title="Anders")})
        assert not self.add(consents, changed)
        assert consents.wordings.get(first.name) == first
        assert tags(consents, first.wording_id) == ["wording:add"]

    def test_versions_follow_each_other_without_a_gap(self, consents: Consents) -> None:
        first = a_wording()
        wording_id = first.wording_id
        assert not self.add(consents, a_wording(2, wording_id))
        self.add(consents, first)
        assert not self.add(consents, a_wording(3, wording_id))
        versions = [a_wording(n, wording_id) for n in range(2, 12)]
        for each in versions:
            assert self.add(consents, each)
            assert consents.wordings.latest(wording_id) == each
        for each in (first, *versions):
            assert consents.wordings.get(each.name) == each

    @pytest.mark.parametrize(
        "name",
        ["", "x", ".", ".1", "{}", "{}.", "{}.0", "{}.2", "{}.01", "{}.-1", "{}.x"],
    )
    def test_a_name_that_names_nothing_finds_nothing(
        self, consents: Consents, name: str
    ) -> None:
        wording = a_wording()
        self.add(consents, wording)
        assert consents.wordings.get(name.format(wording.wording_id)) is None
        assert consents.wordings.latest(new_id()) is None

    def test_wordings_are_listed_in_their_latest_versions_the_last_made_first(
        self, consents: Consents
    ) -> None:
        made = [replace(a_wording(), created_at=NOON + n * HOUR) for n in (1, 0, 4, 2, 3)]
        for each in made:
            self.add(consents, each)
        newer = replace(a_wording(2, made[1].wording_id), created_at=NOON + 9 * HOUR)
        self.add(consents, newer)
        in_order = sorted(made, key=lambda w: w.created_at, reverse=True)
        found = paged(
            lambda after: consents.wordings.page(after, 2), lambda page: page.wordings
        )
        assert found == [*in_order[:-1], newer]


class SessionsContract(ConsentsContract):
    """Sessions and who signed there."""

    def create(self, consents: Consents, session: Session) -> bool:
        entry = entry_of(session.session_id, "session:create")
        return consents.sessions.create(session, entry)

    def test_a_session_comes_back_as_it_was_made(self, consents: Consents) -> None:
        plain = Session(new_id(), date(2026, 6, 1))
        whole = Session(
            new_id(),
            date(2026, 6, 2),
            closed=True,
            head_count=12,
            attested_by=EDITOR,
            roster=frozenset({ANN, BOB}),
            title="Zomerfeest",
            place="Utrecht",
            photographer="Joris de Wit",
            basis=BASIS,
        )
        for session in (plain, whole):
            assert self.create(consents, session)
            assert consents.sessions.get(session.session_id) == session
        assert consents.sessions.get(new_id()) is None

    def test_r16_a_session_is_made_once(self, consents: Consents) -> None:
        session = Session(new_id(), date(2026, 6, 1), title="Zomerfeest")
        assert self.create(consents, session)
        assert not self.create(consents, replace(session, title="Anders"))
        assert consents.sessions.get(session.session_id) == session
        assert tags(consents, session.session_id) == ["session:create"]

    def test_a_change_is_of_what_was_seen_and_leaves_who_signed(
        self, consents: Consents
    ) -> None:
        seen = Session(new_id(), date(2026, 6, 1), basis=BASIS, roster=frozenset({ANN}))
        self.create(consents, seen)
        consents.sessions.join(seen.session_id, BOB)
        entry = entry_of(seen.session_id, "session:change")
        after = replace(seen, title="Zomerfeest", head_count=40, basis=None)
        saved = consents.sessions.save(seen, after, entry)
        assert saved == replace(after, revision=2)
        signed = replace(saved, roster=frozenset({ANN, BOB}))
        assert consents.sessions.get(seen.session_id) == signed
        late = entry_of(seen.session_id, "session:change")
        for stale in (seen, Session(new_id(), date(2026, 6, 1))):
            with pytest.raises(StaleRevisionError):
                consents.sessions.save(stale, replace(after, title="Anders"), late)
        again = consents.sessions.save(saved, replace(saved, place="Delft"), late)
        assert consents.sessions.get(seen.session_id) == replace(
            again, roster=signed.roster
        )
        assert tags(consents, seen.session_id) == ["session:create"] + 2 * [
            "session:change"
        ]

    def test_who_joins_twice_is_on_the_roster_once(self, consents: Consents) -> None:
        session = Session(new_id(), date(2026, 6, 1), roster=frozenset({ANN}))
        self.create(consents, session)
        for person_id in (BOB, ANN, BOB):
            consents.sessions.join(session.session_id, person_id)
        joined = replace(session, roster=frozenset({ANN, BOB}))
        assert consents.sessions.get(session.session_id) == joined

    def test_a_large_roster_is_whole(self, consents: Consents) -> None:
        people = frozenset(new_id() for _ in range(120))
        session = Session(new_id(), date(2026, 6, 1), roster=people)
        self.create(consents, session)
        assert consents.sessions.get(session.session_id) == session

    def test_sessions_are_listed_the_latest_day_first(self, consents: Consents) -> None:
        made = [Session(new_id(), date(2026, 6, day)) for day in (3, 1, 5, 2, 4)]
        for each in made:
            self.create(consents, each)
        found = paged(
            lambda after: consents.sessions.page(after, 2), lambda page: page.sessions
        )
        assert found == sorted(made, key=lambda s: s.on, reverse=True)


class LegalBasesContract(ConsentsContract):
    """Bases are recorded and ended, and never changed."""

    def a_basis(self, asset_id: str, until: timedelta | None = None) -> LegalBasis:
        return LegalBasis(
            basis_id=new_id(),
            asset_id=asset_id,
            channel=Channel.PRESS,
            kind=LegalBasisKind.CONTRACT,
            reference="Contract 2026-07",
            period=Period(NOON, None if until is None else NOON + until),
            recorded_by=EDITOR,
            recorded_at=NOON,
            assessment_id=derived_id("test", "assessment"),
            assessment_sha256="0" * 64,
        )

    def record(self, consents: Consents, basis: LegalBasis) -> bool:
        return consents.legal_bases.record(basis, entry_of(basis.asset_id, "basis:add"))

    def test_r03_a_basis_comes_back_as_it_was_recorded_and_once(
        self, consents: Consents
    ) -> None:
        asset_id = new_id()
        plain = replace(
            self.a_basis(asset_id, 9 * HOUR),
            kind=LegalBasisKind.PUBLIC_TASK,
            recorded_at=NOON - HOUR,
            assessment_id=None,
            assessment_sha256=None,
        )
        whole = self.a_basis(asset_id)
        for each in (whole, plain, self.a_basis(new_id())):
            assert self.record(consents, each)
        assert not self.record(consents, replace(whole, reference="Anders"))
        assert consents.legal_bases.of_asset(asset_id) == (plain, whole)
        assert consents.legal_bases.of_asset(new_id()) == ()
        assert tags(consents, asset_id) == ["basis:add"] * 2

    @pytest.mark.parametrize("until", [None, 9 * HOUR])
    def test_r03_a_basis_that_was_ended_is_over_from_then_on_and_stays_on_record(
        self, consents: Consents, until: timedelta | None
    ) -> None:
        basis = self.a_basis(new_id(), until)
        self.record(consents, basis)
        entry = entry_of(basis.asset_id, "basis:end")
        assert consents.legal_bases.end(basis, NOON + HOUR, entry)
        assert not consents.legal_bases.end(basis, NOON + 2 * HOUR, entry)
        ended = replace(basis, period=Period(NOON, NOON + HOUR))
        assert consents.legal_bases.of_asset(basis.asset_id) == (ended,)
        assert tags(consents, basis.asset_id) == ["basis:add", "basis:end"]

    def test_r03_an_interest_is_given_back_as_far_as_the_register_carries_it(
        self, consents: Consents
    ) -> None:
        weighed = version_of(RegisterKind.INTEREST_ASSESSMENT, new_id(), EDITOR, NOON)
        basis = replace(
            self.a_basis(new_id()),
            kind=LegalBasisKind.LEGITIMATE_INTEREST,
            assessment_id=weighed.record_id,
        )
        self.record(consents, basis)
        self.record(consents, replace(basis, basis_id=new_id(), channel=Channel.PRINT))
        other = replace(basis, basis_id=new_id(), asset_id=new_id())
        self.record(consents, other)
        self.record(consents, self.a_basis(new_id()))
        resting = sorted(consents.legal_bases.resting_on(weighed.record_id))
        assert resting == sorted([basis.asset_id, other.asset_id])

        def period() -> Period:
            found = consents.legal_bases.of_asset(basis.asset_id)
            [same] = {each.period for each in found}
            return same

        assert period() == Period(NOON, NOON)
        registers, subject = consents.governance, weighed.record_id
        registers.add(weighed, entry_of(subject, "record:write"))
        assert period() == Period(NOON, NOON)
        last_day = date(2027, 1, 31)
        registers.sign(
            subject,
            signature_of(weighed, EDITOR, NOON, last_day),
            entry_of(subject, "record:sign"),
        )
        assert period() == Period(NOON, midnight(date(2027, 2, 1)))
        why = Revocation(EDITOR, NOON + HOUR, "It changed.")
        registers.revoke(subject, why, entry_of(subject, "record:revoke"))
        assert period() == Period(NOON, NOON + HOUR)

    def test_ending_never_makes_a_basis_longer(self, consents: Consents) -> None:
        for until, at in ((2 * HOUR, NOON + 3 * HOUR), (None, NOON - HOUR)):
            basis = self.a_basis(new_id(), until)
            self.record(consents, basis)
            consents.legal_bases.end(basis, at, entry_of(basis.asset_id, "basis:end"))
            (found,) = consents.legal_bases.of_asset(basis.asset_id)
            end = basis.period.end or NOON
            assert found.period == Period(NOON, end)

    def test_what_is_not_on_record_cannot_be_ended(self, consents: Consents) -> None:
        basis = self.a_basis(new_id())
        entry = entry_of(basis.asset_id, "basis:end")
        assert not consents.legal_bases.end(basis, NOON, entry)
        assert tags(consents, basis.asset_id) == []

"""Consents as they are lived: the rules at work, held against the ledger at every step.

`Life` keeps facts that are only added to, and lets the rules and the steps of this house
work on them. `Trial` lives the same life in `consent_ledger` and writes down where the
two are not of one mind. Every act is given the clock of the function that acts, which may
be minutes off; messages and schedules are lost, doubled and late as whoever drives says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from beeldrecht.adapters.consent import ConsentFacts
from beeldrecht.domain.assets import Asset, Box, Face, FacePose, Release
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Verdict
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Restriction,
    RestrictionKind,
    Withdrawal,
    in_force,
    lifted,
    withdraw,
)
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.legal_bases import (
    LegalBasis,
    LegalBasisKind,
    ended,
)
from beeldrecht.domain.legal_bases import record as record_basis
from beeldrecht.domain.links import TERMS, Link, LinkPurpose, LinkState, state_at
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailKind, MailState, mail_id
from beeldrecht.domain.milestones import BEFORE_END
from beeldrecht.domain.own_page import own_grants, said_alike, withdrawable
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.signing import (
    Choices,
    Evidence,
    Guardian,
    Occasion,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
    SigningRefusedError,
    evidence_bytes,
    evidence_from,
    renewed,
    sign,
)
from beeldrecht.domain.standard_wording import standard
from beeldrecht.domain.time import Period
from beeldrecht.domain.wordings import Wording, digest
from beeldrecht.runtime.facts import gather, known_facts
from beeldrecht.runtime.milestones import tell
from consent.deliver_mail.step import Composed, deliver_mail
from consent.deliver_mail.step import Event as Waits
from consent.plan_milestones.step import Event as SignedEvent
from consent.plan_milestones.step import plan_milestones
from consent.reach_milestone.step import Event as Reached
from consent.reach_milestone.step import reach_milestone
from tests.fakes.consent_ledger import (
    OF_AGE,
    Freeze,
    Ground,
    Ledger,
    day_of_age,
    local,
)
from tests.fakes.mails import FakeMails

SEEN = Seen("192.0.2.0/24", "Firefox, Linux")
LANGUAGES = ("nl", "en", "de", "fr")
_POSE = FacePose(roll=0.0, nose_offset=0.0, eye_mouth=0.9)
_LANDMARKS = ((20, 25), (40, 25), (30, 35), (22, 48), (38, 48))


@dataclass(frozen=True)
class Someone:
    """Who lives this life; `born` is known of the young alone."""

    person_id: str
    born: date | None = None
    country: str = "NL"


class CrashError(Exception):
    """The function ended here."""


class Outbox(FakeMails):
    """Mails whose entries go nowhere, and the queue of those that wait."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: list[str] = []

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        del entry
        new = super().add(mail)
        if new:
            self.queue.append(mail.mail_id)
        return new


@dataclass
class Post:
    """Whoever delivers: counts, and crashes on demand."""

    sent: Counter[str] = field(default_factory=Counter)
    crashes: bool = False

    def send(self, mail_id: str, mail: Composed) -> str:
        del mail
        if self.crashes:
            raise CrashError
        self.sent[mail_id] += 1
        return f"ses-{mail_id}"


class Life:
    """Facts that are only added to, and what the rules make of them."""

    def __init__(self, people: Iterable[Someone], wording: Wording) -> None:
        self.people = {each.person_id: each for each in people}
        self.wordings = [wording]
        self.grants: dict[str, tuple[Grant, ...]] = {}
        self.withdrawals: dict[str, tuple[Withdrawal, ...]] = {}
        self.documents: dict[str, tuple[Quitclaim, ...]] = {}
        self.restrictions: dict[str, tuple[Restriction, ...]] = {}
        self.lifts: dict[str, datetime] = {}
        self.bases: dict[str, tuple[LegalBasis, ...]] = {}
        self.basis_ends: dict[str, datetime] = {}
        self.proof: dict[str, bytes] = {}
        self.links: dict[str, Link] = {}
        self.plans: dict[str, tuple[datetime, Mapping[str, str]]] = {}
        self.mails = Outbox()
        self.post = Post()

    # -- as the rules read it ----------------------------------------------------------

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        people = sorted(set(person_ids))
        subjects = people if asset_id is None else [*people, asset_id]
        return ConsentFacts(
            tuple(g for p in people for g in self.grants.get(p, ())),
            tuple(w for p in people for w in self.withdrawals.get(p, ())),
            tuple(
                lifted(r, self.lifts[r.restriction_id])
                if r.restriction_id in self.lifts
                else r
                for s in subjects
                for r in self.restrictions.get(s, ())
            ),
        )

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        return self.documents.get(person_id, ())

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        return tuple(
            ended(b, self.basis_ends[b.basis_id]) if b.basis_id in self.basis_ends else b
            for b in self.bases.get(asset_id, ())
        )

    def put(self, name: str, at: datetime, ids: Mapping[str, str]) -> None:
        self.plans.setdefault(name, (at, ids))

    def drop(self, name: str) -> None:
        self.plans.pop(name, None)

    # -- what is put on record ---------------------------------------------------------

    def record(self, signed: Signed) -> bool:
        """All of a signature; False when it is on record already."""
        document = signed.quitclaim
        who = document.person_id
        if document.quitclaim_id in self.proof:
            return False
        self.documents[who] = (*self.quitclaims(who), document)
        self.grants[who] = (*self.grants.get(who, ()), *signed.grants)
        self.proof[document.quitclaim_id] = evidence_bytes(signed.evidence)
        return True

    def take_back(self, who: str, grants: Iterable[Grant], at: datetime) -> int:
        """Withdraw these and what says the same; a second time does nothing."""
        facts = self.facts([who])
        alike = said_alike(grants, facts.grants, self.quitclaims(who))
        new = tuple(
            withdraw(own.grant, derived_id("withdrawal", own.grant.grant_id), at)
            for own in own_grants(who, alike, facts.withdrawals, at)
            if withdrawable(own)
            and not any(w.takes_back(own.grant) for w in facts.withdrawals)
        )
        self.withdrawals[who] = (*self.withdrawals.get(who, ()), *new)
        return len(new)

    def standing(self, who: str, at: datetime) -> tuple[Grant, ...]:
        """What somebody can take back now."""
        facts = self.facts([who])
        return tuple(
            own.grant
            for own in own_grants(who, facts.grants, facts.withdrawals, at)
            if withdrawable(own)
            and not any(w.takes_back(own.grant) for w in facts.withdrawals)
        )

    # -- what the functions do ---------------------------------------------------------

    def plan(self, document: Quitclaim, at: datetime) -> None:
        event = SignedEvent(
            person_id=document.person_id, quitclaim_id=document.quitclaim_id
        )
        plan_milestones(event, self, self, self, at, BEFORE_END)

    def reach(self, name: str, at: datetime) -> None:
        planned, ids = self.plans[name]
        event = Reached(planned_for=planned, **ids)
        reach_milestone(event, self, self, self.mails, at, BEFORE_END)

    def sweep(self, who: str, at: datetime) -> None:
        tell(who, self, self, self.mails, "consent:milestone:sweep", at, at, BEFORE_END)
        self.mails.queue += list(self.mails.waiting(at - CLAIM_LASTS))

    def deliver(
        self, mail_id: str, at: datetime, *, crash: bool = False, at_once: bool = False
    ) -> None:
        """A message arrives; `at_once`: again, while the first is still at work."""
        self.post.crashes = crash

        def compose(_mail: Mail, _at: datetime) -> Composed:
            if at_once:
                self.deliver(mail_id, at + timedelta(seconds=1), crash=crash)
            return Composed("", "", "", "")

        with suppress(CrashError):
            deliver_mail(
                Waits(mail_id=mail_id), self.mails, compose, self.post, lambda: at
            )

    def allows(
        self, picture: str, people: tuple[str, ...], at: datetime
    ) -> frozenset[Channel]:
        """The channels for which this picture of these people may leave as it is."""
        faces = tuple(
            Face(who, Box(10.0, 10.0, 40.0, 50.0), _LANDMARKS, 0.9, _POSE)
            for who in people
        )
        begin = datetime.min.replace(tzinfo=at.tzinfo)
        release = Release(
            "editor",
            begin,
            dict.fromkeys(ALL_CHANNELS, Verdict.CLEAR),
            frozenset(people),
        )
        asset = Asset(
            picture, examined=True, faces_complete=True, faces=faces, release=release
        )
        appearances = tuple(
            Appearance(picture, who, who, AppearanceStatus.CONFIRMED, "editor", begin)
            for who in people
        )
        decision = decide(gather(asset, appearances, self, self, at), at)
        return frozenset(c for c, v in decision.leaves.items() if v is Verdict.CLEAR)


class Trial:
    """A life and its ledger, compared at every step."""

    INVARIANTS = (
        "forbidden and allowed",
        "allowed and refused",
        "signed by who may not",
        "refused to who may",
        "a link that worked twice",
        "told and not due",
        "due and not told after a sweep",
        "sent twice",
        "not sent after all",
        "proof lost or changed",
    )

    def __init__(self, people: Iterable[Someone], begin: datetime) -> None:
        wording = standard("Museum M", "privacy@museum.example", "system", begin)
        self.life = Life(people, wording)
        self.ledger = Ledger()
        self.wrong: list[tuple[str, str]] = []
        self.done: Counter[str] = Counter()
        self._said: dict[str, tuple[object, ...]] = {}
        self._given: dict[str, tuple[Grant, ...]] = {}
        self._told: set[str] = set()
        self._documents = 0

    def _check(self, right: bool, invariant: str, told: object) -> None:
        assert invariant in self.INVARIANTS
        if not right:
            self.wrong.append((invariant, str(told)))

    @property
    def wording(self) -> Wording:
        return self.life.wordings[-1]

    def new_document(self) -> str:
        self._documents += 1
        return derived_id("document", str(self._documents))

    # -- asking and signing ------------------------------------------------------------

    def ask(self, who: str, at: datetime) -> str:
        """Ask by a link; told in one mail, however often it is recorded."""
        request = derived_id("request", who, at.isoformat())
        terms = TERMS[LinkPurpose.SIGN]
        self.life.links.setdefault(
            request,
            Link(
                request,
                who,
                LinkPurpose.SIGN,
                "editor",
                at,
                at + terms.lasts,
                terms.uses,
            ),
        )
        mail = Mail(mail_id(MailKind.ASK, who, request), MailKind.ASK, who, at)
        self.life.mails.add(mail)
        self.done["asked"] += 1
        return request

    def answer(self, request: str, at: datetime, *what: object, **how: object) -> bool:
        """Sign by a link, once: whoever comes second or late is told it does not work."""
        link = self.life.links[request]
        works = state_at(link, at) is LinkState.LIVE
        fresh = link.uses == 0 and at < link.created_at + timedelta(days=30)
        self._check(works == fresh, "a link that worked twice", request)
        if not works:
            self.done["links refused"] += 1
            return False
        document = self.sign(link.subject_id, at, *what, **how)  # type: ignore[arg-type]
        if document is not None:
            used = replace(link, uses=link.uses + 1, used_at=at)
            self.life.links[request] = used
        return document is not None

    def sign(
        self,
        who: str,
        at: datetime,
        choices: Choices,
        *,
        guardian: bool = False,
        signed_on: str = "qr",
        language: str = "nl",
    ) -> str | None:
        """Somebody signs; the request arrives twice."""
        someone = self.life.people[who]
        document = self.new_document()
        signer = Signer(
            f"name of {who[:8]}",
            None,
            someone.born,
            someone.country,
            Guardian("Pat", Relation.PARENT) if guardian else None,
        )
        mark = Signature(SignatureKind.TYPED, "Pat" if guardian else "Ann")
        occasion = Occasion(
            person_id=who, quitclaim_id=document, signed_on=signed_on, at=at
        )
        may = self.ledger.may_sign(
            someone.born, someone.country, guardian, choices.portrait, at
        )
        try:
            signed = sign(self.wording, language, choices, signer, mark, SEEN, **occasion)
        except SigningRefusedError as error:
            self._check(not may, "refused to who may", (who, error.reason, at))
            self.done["signatures refused"] += 1
            return None
        self._check(may, "signed by who may not", (who, guardian, choices, at))
        self._record(signed, someone)
        return document

    def _record(self, signed: Signed, someone: Someone) -> None:
        evidence, wording = signed.evidence, self.wording
        new = self.life.record(signed)
        self._check(new, "proof lost or changed", signed.quitclaim.quitclaim_id)
        again = self.life.record(signed)
        self._check(not again, "proof lost or changed", signed.quitclaim.quitclaim_id)
        choices = evidence.choices
        terms = [
            ("image", frozenset({c.value}), wording.channels[c])
            for c in sorted(choices.channels)
        ]
        every = frozenset(c.value for c in wording.channels)
        if choices.portrait and wording.portrait_months:
            terms.append(("portrait", every, wording.portrait_months))
        if choices.biometric and wording.biometric_months:
            terms.append(("biometric", frozenset(), wording.biometric_months))
        ends = None
        if evidence.signer.guardian and someone.born:
            ends = day_of_age(someone.born, OF_AGE.get(someone.country, 16))
        document = evidence.quitclaim_id
        at = evidence.signed_at
        self.ledger.signed(document, someone.person_id, at, terms, ends)
        self._said[document] = _said(evidence)
        self._given[document] = signed.grants
        self.done["signed"] += 1
        self.done["grants"] += len(signed.grants)
        self.done["by a guardian"] += signed.quitclaim.guardian
        self.life.plan(signed.quitclaim, at)

    def _evidence(self, document: str) -> Evidence:
        return evidence_from(self.life.proof[document])

    def renew(self, document: str, at: datetime) -> str | None:
        """One tap on what was signed before: the same again, less what was taken back."""
        before = self._evidence(document)
        return self._renewed(before, at, "renewed")

    def change(
        self, document: str, channels: frozenset[Channel], biometric: bool, at: datetime
    ) -> None:
        """Exactly these remain: the others are taken back, the new ones are signed."""
        before = self._evidence(document)
        who = before.person_id
        standing = self.life.standing(who, at)
        kept = frozenset(
            c for g in standing if g.kind is GrantKind.IMAGE_CONSENT for c in g.channels
        )
        recognised = any(g.kind is GrantKind.BIOMETRIC_CONSENT for g in standing)
        for channel in sorted(kept - channels):
            self.withdraw(who, channel, at)
        if recognised and not biometric:
            self.withdraw(who, None, at)
        new, also = channels - kept, biometric and not recognised
        if new or also:
            self._renewed(before, at, "changed", channels=new, biometric=also)

    def _renewed(
        self, before: Evidence, at: datetime, done: str, **what: object
    ) -> str | None:
        someone = self.life.people[before.person_id]
        guardian = before.signer.guardian is not None
        facts = self.life.facts([before.person_id])
        gone = {w.grant_id for w in facts.withdrawals}
        left = [g for g in self._given[before.quitclaim_id] if g.grant_id not in gone]
        portrait = not what and before.choices.portrait
        may = self.ledger.may_sign(
            someone.born, someone.country, guardian, portrait, at
        ) and bool(what or left)
        document = self.new_document()
        try:
            signed = renewed(
                before,
                self.wording,
                at,
                document,
                seen=SEEN,
                withdrawals=facts.withdrawals,
                **what,  # type: ignore[arg-type]
            )
        except SigningRefusedError as error:
            self._check(not may, "refused to who may", (document, error.reason, at))
            self.done["renewals refused"] += 1
            return None
        self._check(may, "signed by who may not", (before.person_id, at))
        if not what:
            asked = {(g.kind, g.channels) for g in left}
            given = {(g.kind, g.channels) for g in signed.grants}
            self._check(asked == given, "proof lost or changed", (asked, given))
        self._record(signed, someone)
        self.done[done] += 1
        return document

    # -- taking back, freezing, other grounds --------------------------------------------

    def withdraw(self, who: str, channel: Channel | None, at: datetime) -> None:
        """Take back what stands for a channel; None: being recognised. Safe to repeat.

        Naming one grant is enough: it is said in every document that says the same.
        """
        image = channel is not None
        kind = GrantKind.IMAGE_CONSENT if image else GrantKind.BIOMETRIC_CONSENT
        wanted = [
            g
            for g in self.life.standing(who, at)
            if g.kind is kind and (channel is None or channel in g.channels)
        ][-1:]
        taken = self.life.take_back(who, wanted, at)
        self._check(
            self.life.take_back(who, wanted, at) == 0, "proof lost or changed", who
        )
        name = None if channel is None else channel.value
        self.ledger.takes_back(who, "image" if image else "biometric", name, local(at))
        self.done["withdrawn"] += taken

    def freeze(self, subject: str, at: datetime) -> str:
        """An objection, or a restriction."""
        number = len(self.ledger.freezes.get(subject, []))
        freeze_id = derived_id("freeze", subject, str(number))
        period = Period(at)
        frozen = Restriction(freeze_id, subject, RestrictionKind.OBJECTED, period)
        before = self.life.restrictions.get(subject, ())
        self.life.restrictions[subject] = (*before, frozen)
        self.ledger.freezes.setdefault(subject, []).append(Freeze(at))
        self.done["objected"] += 1
        return freeze_id

    def lift(self, subject: str, at: datetime) -> None:
        """The first freeze that stands is lifted."""
        for number, freeze in enumerate(self.ledger.freezes.get(subject, [])):
            if freeze.lifted is None:
                freeze.lifted = at
                self.life.lifts[derived_id("freeze", subject, str(number))] = at
                self.done["lifted"] += 1
                return

    def rest(
        self, picture: str, channel: Channel, at: datetime, until: datetime | None
    ) -> None:
        """A use rests on a public task."""
        basis = record_basis(
            LegalBasisKind.PUBLIC_TASK,
            asset_id=picture,
            channel=channel,
            reference="A law, article 1",
            period=Period(at, until),
            recorded_by="editor",
            recorded_at=at,
            public_body=True,
        )
        self.life.bases[picture] = (*self.life.bases.get(picture, ()), basis)
        self.ledger.grounds.append(Ground(picture, channel.value, at, until))
        self.done["rested"] += 1

    # -- looking -----------------------------------------------------------------------

    def use(self, picture: str, people: tuple[str, ...], at: datetime) -> None:
        """Ask for every channel whether the picture may leave now."""
        allowed = self.life.allows(picture, people, at)
        for channel in ALL_CHANNELS:
            may = self.ledger.may_use(picture, people, channel.value, at)
            said = picture[:8], people, channel, at
            self._check(may or channel not in allowed, "forbidden and allowed", said)
            self._check(not may or channel in allowed, "allowed and refused", said)
            self.done["uses allowed" if may else "uses refused"] += 1
        for who in people:
            self._recognise(who, at)

    def _recognise(self, who: str, at: datetime) -> None:
        facts = known_facts(self.life, [who], None, at)
        allowed = any(
            in_force(g, facts.withdrawals, at)
            for g in facts.grants
            if g.kind is GrantKind.BIOMETRIC_CONSENT
        )
        may = self.ledger.may_recognise(who, at)
        self._check(may or not allowed, "forbidden and allowed", ("recognise", who, at))
        self._check(not may or allowed, "allowed and refused", ("recognise", who, at))

    # -- what follows by itself ----------------------------------------------------------

    def reach(self, name: str, at: datetime) -> None:
        """A schedule fires."""
        planned, ids = self.life.plans[name]
        self.life.reach(name, at)
        self.done["schedules fired"] += 1
        self._see_told(ids["person_id"], max(planned, at))

    def sweep(self, who: str, at: datetime) -> None:
        """What schedules and queues lost is made up for."""
        self.life.sweep(who, at)
        self.done["swept"] += 1
        self._see_told(who, at)
        for document, name in sorted(self.ledger.to_tell(who, at)):
            there = (document, name) in self._milestones(who)
            self._check(there, "due and not told after a sweep", (document, name, at))

    def _milestones(self, who: str) -> dict[tuple[str, str], list[Mail]]:
        found: dict[tuple[str, str], list[Mail]] = {}
        for mail in self.life.mails.of_person(who):
            if "milestone" in mail.about:
                key = mail.about["quitclaim_id"], mail.about["milestone"]
                found.setdefault(key, []).append(mail)
        return found

    def _see_told(self, who: str, at: datetime) -> None:
        """Every mail that is new was due at that instant, and is one of its kind."""
        due = self.ledger.to_tell(who, at)
        for key, mails in self._milestones(who).items():
            self._check(len(mails) == 1, "sent twice", key)
            for mail in mails:
                if mail.mail_id not in self._told:
                    self._told.add(mail.mail_id)
                    self._check(key in due, "told and not due", (key, at))
                    self.done[f"told: {mail.kind.value}"] += 1

    def deliver(
        self, mail_id: str, at: datetime, *, crash: bool = False, at_once: bool = False
    ) -> None:
        """A message of the queue arrives, perhaps twice at once."""
        self.life.deliver(mail_id, at, crash=crash, at_once=at_once)
        self.done["deliveries"] += 1
        once = self.life.post.sent[mail_id] <= 1
        self._check(once, "sent twice", mail_id)

    def settle(self, at: datetime) -> None:
        """In the end, everything that waits is delivered."""
        for _ in range(2):
            for each in self.life.mails.waiting(at):
                self.deliver(each, at)
            at += CLAIM_LASTS + timedelta(minutes=11)
        for mail in self.life.mails.mails.values():
            fresh = at - mail.created_at < timedelta(days=6)
            sent = self.life.post.sent[mail.mail_id]
            over = mail.state is MailState.NOT_SENT and not fresh
            self._check(sent == 1 or over, "not sent after all", mail.mail_id)
            self.done["mails sent"] += sent

    def see_proof(self, documents: Iterable[str] | None = None) -> None:
        """Every document is there as it was signed, with its words and its grants."""
        for document in self._said if documents is None else documents:
            evidence = self._evidence(document)
            who = evidence.person_id
            wording = next(w for w in self.life.wordings if w.name == evidence.wording)
            whole = (
                _said(evidence) == self._said[document]
                and digest(wording, evidence.language) == evidence.wording_sha256
                and (evidence.replaces is None or evidence.replaces in self.life.proof)
                and set(self._given[document]) <= set(self.life.grants.get(who, ()))
                and document in {q.quitclaim_id for q in self.life.quitclaims(who)}
            )
            self._check(whole, "proof lost or changed", document)
            self.done["proofs read"] += 1


def _said(evidence: Evidence) -> tuple[object, ...]:
    """What was signed, in values that nothing can change."""
    guardian = evidence.signer.guardian
    return (
        evidence.person_id,
        evidence.wording,
        evidence.wording_sha256,
        evidence.language,
        evidence.signed_at.timestamp(),
        tuple(sorted(evidence.choices.channels)),
        evidence.choices.portrait,
        evidence.choices.biometric,
        evidence.signer.name,
        str(evidence.signer.birth_date),
        guardian and (guardian.name, guardian.relation.value),
        evidence.signature.kind.value,
        evidence.signature.mark,
        evidence.replaces,
    )

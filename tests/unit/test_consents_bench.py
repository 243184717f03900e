"""The bench of consents, with a few people: what it counts, and that nothing is wrong."""

from beeldrecht.domain.channels import ALL_CHANNELS
from beeldrecht.domain.signing import Choices
from bench.consents import BEGIN, Lived, lives
from tests.fakes.consent_ledger import Freeze

# Whatever happens in a life at all happens among these.
HAPPENS = (
    "asked",
    "signed",
    "grants",
    "by a guardian",
    "renewed",
    "changed",
    "withdrawn",
    "objected",
    "lifted",
    "rested",
    "links refused",
    "renewals refused",
    "signatures refused",
    "schedules fired",
    "swept",
    "told: mail_renew",
    "told: mail_ended",
    "told: mail_comes_of_age",
    "mails sent",
    "uses allowed",
    "uses refused",
    "proofs read",
)


def test_ten_years_of_a_few_people_break_no_rule() -> None:
    tally = lives(range(25), seed=1)
    assert not tally.told
    assert not tally.wrong
    assert {what for what in HAPPENS if not tally.done[what]} == set()
    assert tally.people == 25


def test_what_the_ledger_forbids_and_is_allowed_is_counted() -> None:
    life = Lived(0, seed=1)
    every = Choices(frozenset(ALL_CHANNELS), portrait=False, biometric=False)
    life.trial.sign(life.who, BEGIN, every, guardian=life.someone.born is not None)
    life.trial.ledger.freezes[life.who] = [Freeze(BEGIN)]
    life.trial.use(life.picture, (life.who,), BEGIN)
    wrong = [invariant for invariant, _ in life.trial.wrong]
    assert wrong == ["forbidden and allowed"] * len(ALL_CHANNELS)

"""The life of a consent, in any order, against a ledger kept by hand.

Asked, signed, renewed, changed, taken back, expired, come of age, objected and lifted, by
functions whose clocks are minutes off, over queues and schedules that lose, double and
turn around what they carry. No use is ever allowed that the ledger forbids; nobody is
told twice, and after a sweep nobody was forgotten; and the proof stays as it was signed.
"""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from beeldrecht.domain.channels import ALL_CHANNELS, Channel
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.signing import Choices
from beeldrecht.domain.time import midnight
from tests.fakes.consent_life import LANGUAGES, Someone, Trial

BEGIN = datetime(2026, 1, 15, 12, tzinfo=UTC)
# A grown-up; a child who comes of age on a leap day; one on the day of 25 hours; one
# whose leap day is missing in the year that counts, in another country.
ANN = Someone(derived_id("person", "ann"))
LEAP = Someone(derived_id("person", "leap"), date(2012, 2, 29))
LONG = Someone(derived_id("person", "long"), date(2010, 10, 25))
BELGIAN = Someone(derived_id("person", "belgian"), date(2016, 2, 29), "BE")
YOUNG = Someone(derived_id("person", "young"), date(2009, 3, 29))
EVERYBODY = (ANN, LEAP, LONG, BELGIAN, YOUNG)
WHO = {each.person_id: each for each in EVERYBODY}
OWN = {each.person_id: derived_id("picture", each.person_id) for each in EVERYBODY}
GROUP = derived_id("picture", "group")
SKEWS = tuple(timedelta(minutes=n) for n in (-5, 0, 5))
# Days on which something is different: 23 hours, 25 hours, one too many, birthdays.
DAYS = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2027, 3, 29),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2029, 2, 28),
    date(2029, 3, 1),
)
TICK = timedelta(microseconds=1)

people = st.sampled_from(sorted(WHO))
channels = st.sampled_from(ALL_CHANNELS)
skews = st.sampled_from(SKEWS)
# A few telling choices, for drawing sets is what takes the time.
choices = st.builds(
    Choices,
    st.sampled_from(
        [
            frozenset(ALL_CHANNELS),
            frozenset({Channel.WEBSITE}),
            frozenset({Channel.WEBSITE, Channel.SOCIAL}),
            frozenset(),
        ]
    ),
    st.sampled_from([False, False, True]),
    st.booleans(),
)


class ConsentLife(RuleBasedStateMachine):
    """Whoever drives: the clock, the queues, and what people say."""

    requests: Bundle[str] = Bundle("requests")
    documents: Bundle[str] = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.trial = Trial(EVERYBODY, BEGIN)

    def kept(self, document: str | None) -> MultipleResults[str] | str:
        return multiple() if document is None else document

    # -- the clock ---------------------------------------------------------------------

    @rule(
        step=st.sampled_from(
            [timedelta(minutes=1), timedelta(hours=1)]
            + [timedelta(days=n) for n in (1, 7, 29, 30, 61, 180)]
        )
    )
    def time_passes(self, step: timedelta) -> None:
        self.now += step

    @rule(day=st.sampled_from(DAYS), off=st.sampled_from([-TICK, timedelta(), TICK]))
    def a_day_that_is_different(self, day: date, off: timedelta) -> None:
        self.now = max(self.now, midnight(day) + off)

    @precondition(lambda self: self.trial.ledger.lines)
    @rule(
        data=st.data(),
        before=st.sampled_from([90, 30, 7, 0, 0, 0]),
        off=st.sampled_from([-TICK, timedelta(), timedelta(hours=2)]),
    )
    def something_ends(self, data: st.DataObject, before: int, off: timedelta) -> None:
        line = data.draw(st.sampled_from(self.trial.ledger.lines))
        end = midnight(line.last + timedelta(days=1) - timedelta(days=before)) + off
        self.now = max(self.now, end)

    @rule(
        who=st.sampled_from(sorted(WHO.keys() - {ANN.person_id})),
        off=st.sampled_from([-TICK, timedelta(), timedelta(hours=9)]),
        what=choices,
        guardian=st.booleans(),
    )
    def a_birthday(self, who: str, off: timedelta, what: Choices, guardian: bool) -> None:
        """Somebody comes of age, or is about to, and signs."""
        born = WHO[who].born
        assert born is not None
        year = born.year + {"NL": 16, "BE": 13}[WHO[who].country]
        missing = (born.month, born.day) == (2, 29) and year % 4 != 0
        day = date(year, 3, 1) if missing else born.replace(year=year)
        self.now = max(self.now, midnight(day) + off)
        self.trial.sign(who, self.now, what, guardian=guardian)
        self.trial.use(OWN[who], (who,), self.now)

    # -- what people say ---------------------------------------------------------------

    @rule(target=requests, who=people, skew=skews)
    def ask(self, who: str, skew: timedelta) -> str:
        return self.trial.ask(who, self.now + skew)

    @rule(request=requests, what=choices, guardian=st.booleans(), skew=skews)
    def answer(
        self, request: str, what: Choices, guardian: bool, skew: timedelta
    ) -> None:
        self.trial.answer(request, self.now + skew, what, guardian=guardian)

    @rule(
        target=documents,
        who=people,
        what=choices,
        guardian=st.booleans(),
        skew=skews,
        language=st.sampled_from(LANGUAGES),
    )
    def sign(
        self, who: str, what: Choices, guardian: bool, skew: timedelta, language: str
    ) -> MultipleResults[str] | str:
        return self.kept(
            self.trial.sign(
                who, self.now + skew, what, guardian=guardian, language=language
            )
        )

    @initialize(target=documents, what=choices)
    def begin(self, what: Choices) -> MultipleResults[str] | str:
        guarded = Choices(what.channels, portrait=False, biometric=what.biometric)
        signed = [
            self.trial.sign(ANN.person_id, BEGIN, what),
            self.trial.sign(LEAP.person_id, BEGIN, guarded, guardian=True),
            self.trial.sign(LONG.person_id, BEGIN, guarded, guardian=True),
        ]
        return multiple(*(each for each in signed if each is not None))

    @rule(target=documents, document=documents, skew=skews)
    def renew(self, document: str, skew: timedelta) -> MultipleResults[str] | str:
        return self.kept(self.trial.renew(document, self.now + skew))

    @rule(document=documents, what=choices, skew=skews)
    def change(self, document: str, what: Choices, skew: timedelta) -> None:
        self.trial.change(document, what.channels, what.biometric, self.now + skew)

    @rule(who=people, channel=st.none() | channels, skew=skews)
    def withdraw(self, who: str, channel: Channel | None, skew: timedelta) -> None:
        self.trial.withdraw(who, channel, self.now + skew)

    @rule(subject=st.sampled_from([*WHO, *OWN.values(), GROUP]), skew=skews)
    def object_to_it(self, subject: str, skew: timedelta) -> None:
        self.trial.freeze(subject, self.now + skew)

    @precondition(lambda self: self.trial.ledger.freezes)
    @rule(data=st.data(), skew=skews)
    def lift(self, data: st.DataObject, skew: timedelta) -> None:
        subjects = sorted(self.trial.ledger.freezes)
        self.trial.lift(data.draw(st.sampled_from(subjects)), self.now + skew)

    @rule(
        picture=st.sampled_from([*OWN.values(), GROUP]),
        channel=channels,
        days=st.sampled_from([None, 1, 400]),
        skew=skews,
    )
    def rest_on_a_task(
        self, picture: str, channel: Channel, days: int | None, skew: timedelta
    ) -> None:
        at = self.now + skew
        until = None if days is None else at + timedelta(days=days)
        self.trial.rest(picture, channel, at, until)

    # -- what the queues and schedules do ----------------------------------------------

    @precondition(lambda self: self.trial.life.plans)
    @rule(data=st.data(), skew=skews, keep=st.booleans())
    def a_schedule_fires(self, data: st.DataObject, skew: timedelta, keep: bool) -> None:
        """When it is time, at any time later, and again when it is kept."""
        plans = self.trial.life.plans
        come = sorted(name for name, (at, _) in plans.items() if at <= self.now)
        if come:
            name = data.draw(st.sampled_from(come))
            self.trial.reach(name, self.now + skew)
            if not keep:
                del plans[name]

    @precondition(lambda self: self.trial.life.plans)
    @rule(data=st.data())
    def a_schedule_is_lost(self, data: st.DataObject) -> None:
        plans = self.trial.life.plans
        del plans[data.draw(st.sampled_from(sorted(plans)))]

    @precondition(lambda self: self.trial.life.mails.queue)
    @rule(
        data=st.data(),
        skew=skews,
        fate=st.sampled_from(["", "", "twice", "at once", "crash"]),
    )
    def a_mail_is_delivered(
        self, data: st.DataObject, skew: timedelta, fate: str
    ) -> None:
        """Any of those that wait, in whatever order."""
        queue = self.trial.life.mails.queue
        place = data.draw(st.integers(0, len(queue) - 1))
        mail_id = queue[place]
        if fate != "twice":
            del queue[place]
        at = self.now + skew
        self.trial.deliver(mail_id, at, crash=fate == "crash", at_once=fate == "at once")

    @precondition(lambda self: self.trial.life.mails.queue)
    @rule(data=st.data())
    def a_message_is_lost(self, data: st.DataObject) -> None:
        queue = self.trial.life.mails.queue
        del queue[data.draw(st.integers(0, len(queue) - 1))]

    @rule(who=people, skew=skews)
    def sweep(self, who: str, skew: timedelta) -> None:
        self.trial.sweep(who, self.now + skew)

    # -- what must hold ----------------------------------------------------------------

    @rule(who=people, skew=skews)
    def use(self, who: str, skew: timedelta) -> None:
        self.trial.use(OWN[who], (who,), self.now + skew)

    @rule(skew=skews, count=st.integers(2, 3))
    def use_of_a_group(self, skew: timedelta, count: int) -> None:
        group = tuple(each.person_id for each in EVERYBODY[:count])
        self.trial.use(GROUP, group, self.now + skew)

    @invariant()
    def nothing_is_wrong(self) -> None:
        """By the slowest clock too, just after something was said by the fastest."""
        for skew in SKEWS[:2]:
            self.trial.use(OWN[ANN.person_id], (ANN.person_id,), self.now + skew)
        assert not self.trial.wrong

    def teardown(self) -> None:
        for who in WHO:
            self.trial.sweep(who, self.now)
            self.trial.use(OWN[who], (who,), self.now)
        self.trial.settle(self.now + timedelta(minutes=11))
        self.trial.see_proof()
        assert not self.trial.wrong


TestConsentLife = ConsentLife.TestCase
TestConsentLife.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

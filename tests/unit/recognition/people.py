"""Who the recognition tests know, and when and where."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from beeldrecht.domain.consent import Grant, GrantKind
from beeldrecht.domain.permits import (
    Assessment,
    Permit,
    RecognitionMode,
    permit_enrolled,
)
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.time import Period
from beeldrecht.runtime.facts import KnownFacts

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
ASSET = "asset"
PEOPLE = ("barack_obama", "eileen_collins", "joe_biden")


def consents(*people: str) -> tuple[Grant, ...]:
    """The biometric consent of each of them, for a day."""
    return tuple(
        Grant(
            grant_id=f"consent of {person_id}",
            quitclaim_id="quitclaim",
            person_id=person_id,
            kind=GrantKind.BIOMETRIC_CONSENT,
            period=Period(NOW, NOW + timedelta(days=1)),
            channels=frozenset(),
            places=frozenset(),
        )
        for person_id in people
    )


def permit_to_compare(people: Iterable[str]) -> Permit:
    """Leave to compare these people with one picture, for a day."""
    named = sorted(people)
    return permit_enrolled(
        subject_ids=frozenset(named),
        asset_ids=frozenset({ASSET}),
        mode=RecognitionMode.ENROLLED,
        article_9_ground_id="ground",
        assessment=Assessment("dpia", "officer", Period(NOW, NOW + timedelta(days=1))),
        known=KnownFacts(consents(*named), (), ()),
        at=NOW,
        origins=frozenset({Origin.OWN}),
    )

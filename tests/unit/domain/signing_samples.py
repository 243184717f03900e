"""A wording, a signer and a signature to begin from."""

from datetime import UTC, date, datetime

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.signing import (
    Choices,
    Guardian,
    Occasion,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signer,
)
from beeldrecht.domain.wordings import Wording, WordingText

AT = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
ANN = derived_id("person", "ann")
DOCUMENT = derived_id("quitclaim", "one")
AGAIN = derived_id("quitclaim", "two")

TEXT = WordingText(
    title="Photographs",
    purpose="To show what we do.",
    controller="The municipality, Square 1",
    notice=("What it is for.", "What your rights are."),
    image="My pictures may be used.",
    portrait="I agree by contract.",
    biometric="Software may recognise me.",
    guardian="I sign for somebody young.",
)
WORDING = Wording(
    wording_id=derived_id("wording", "sample"),
    version=1,
    texts={"en": TEXT},
    channels={Channel.WEBSITE: 24, Channel.SOCIAL: 12, Channel.PRINT: 24},
    places=frozenset({Place.WORLD}),
    portrait_months=24,
    biometric_months=12,
    compensation=None,
    created_by="editor",
    created_at=AT,
)
ALL = Choices(frozenset(WORDING.channels), portrait=True, biometric=True)
NOTHING = Choices(frozenset(), portrait=False, biometric=False)
WEBSITE = Choices(frozenset({Channel.WEBSITE}), portrait=False, biometric=False)
ADULT = Signer("Ann Example", "ann@example.org")
CHILD = Signer(
    "Kim Example",
    "parent@example.org",
    birth_date=date(2015, 5, 6),
    guardian=Guardian("Pat Example", Relation.PARENT),
)
TYPED = Signature(SignatureKind.TYPED, "Ann Example")
SEEN = Seen("192.0.2.0/24", "Firefox, Linux")


def occasion(**change: object) -> Occasion:
    """Ann signs one document by link."""
    base = {
        "person_id": ANN,
        "quitclaim_id": DOCUMENT,
        "signed_on": "link",
        "at": AT,
    }
    return Occasion(**{**base, **change})  # type: ignore[typeddict-item]

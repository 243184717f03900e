"""Names that people typed into texts: where they stand, and what becomes of them.

A text is about a picture, a session or a record, and names somebody all the same. An
erasure finds it by the name while that can still be opened, and an officer says of each
place whether the name is taken out. What is kept of a place is where it is: no word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final

from .erasure import (
    Erasure,
    ErasureRefusal,
    ErasureRefusedError,
    ErasureState,
    PictureOutcome,
    PlannedPicture,
)
from .ids import derived_id
from .named import Span
from .stores import Store


class TextOutcome(StrEnum):
    """What becomes of a place where somebody is named."""

    REDACT = "text_redact"
    """The name is taken out of it."""
    LEAVE = "text_leave"
    """It stays as it is, for a reason."""
    GONE = "text_gone"
    """The place is not there any more, or names them no longer."""


class LeavingReason(StrEnum):
    """Why a name stays where it is."""

    ANOTHER = "leaving_another"
    """It is the name of somebody else."""
    MAKER = "leaving_maker"
    """It names who made the picture (Auteurswet 25)."""
    EXPRESSION = "leaving_expression"
    """Freedom of expression and information (GDPR 17(3)(a))."""
    ARCHIVE = "leaving_archive"
    """An archive in the public interest (GDPR 17(3)(d))."""
    CLAIM = "leaving_claim"
    """A legal claim (GDPR 17(3)(e))."""
    SIGNED = "leaving_signed"
    """It is signed: another word, and the signature is void."""
    BREACH = "leaving_breach"
    """A breach is documented as it was found (GDPR 33(5))."""
    BY_HAND = "leaving_by_hand"
    """Somebody changed the text by hand, and it names them no longer."""


class Redaction(Enum):
    """What came of taking a name out of a text."""

    REDACTED = "redacted"
    GONE = "gone"
    """There is no such text any more."""
    CHANGED = "changed"
    """It is another text than the one that was found: it is left alone."""


MUST_STAY: Final[Mapping[str, LeavingReason]] = MappingProxyType(
    {
        "governance_version": LeavingReason.SIGNED,
        "governance_revocation": LeavingReason.SIGNED,
        "breach": LeavingReason.BREACH,
        "breach_event": LeavingReason.BREACH,
    }
)
"""The kinds of items that are never rewritten, and why."""
_STATED: Final = frozenset({*MUST_STAY.values()})
"""Reasons that follow from what a place is, and are nobody's choice."""

TYPED: Final[Mapping[tuple[Store, str], tuple[str, ...]]] = MappingProxyType(
    {
        (Store.LIBRARY, "asset"): ("description", "description_before", "file_name"),
        (Store.LIBRARY, "basis"): ("reference",),
        (Store.LIBRARY, "breach"): ("description",),
        (Store.LIBRARY, "breach_event"): ("reason",),
        (Store.LIBRARY, "collection"): ("title",),
        (Store.LIBRARY, "governance_revocation"): ("reason",),
        (Store.LIBRARY, "governance_version"): ("answers", "title"),
        (Store.LIBRARY, "import"): ("title",),
        (Store.LIBRARY, "publication"): ("where",),
        (Store.LIBRARY, "saved_search"): ("asked", "title"),
        (Store.LIBRARY, "session"): (
            *("basis_reference", "photographer", "place", "title"),
        ),
        (Store.CONSENT, "request"): ("photographer",),
    }
)
"""What people type freely, by the kind of item: every personal attribute that is text."""
NO_TEXT: Final = frozenset(
    {"died_on", "geometry", "original", "perceptual_hash", "seen", "told"}
)
"""Personal attributes in which nobody types."""
IN_JSON: Final = frozenset({"answers", "asked", "description", "description_before"})
"""Attributes that hold several texts, each under a name of its own."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One text: of which item, and which of its attributes."""

    store: Store
    kind: str
    pk: str
    sk: str
    path: str
    """The attribute, and within it the name of the text: `description.title`."""

    @property
    def what(self) -> str:
        """What kind of text it is; of nobody."""
        return f"{self.kind}.{self.path}"

    @property
    def asset_id(self) -> str | None:
        """The picture that it is about; None: none."""
        kind, _, own = self.pk.partition("#")
        return own if kind in {"ASSET", "BASES", "DISCLOSED"} else None


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A place where somebody is named, and what is to become of it."""

    text_id: str
    place: TextPlace
    spans: tuple[Span, ...]
    """Where the name stands, in characters."""
    digest: str
    """Of the text as it is once the name is out of it."""
    outcome: TextOutcome | None = None
    """None: an officer has to say."""
    reason: LeavingReason | None = None
    done: bool = False

    @property
    def must_stay(self) -> LeavingReason | None:
        """Why it cannot be rewritten; None: it can."""
        return MUST_STAY.get(self.place.kind)


@dataclass(frozen=True, slots=True)
class TextWish:
    """What an officer wants with one place."""

    outcome: TextOutcome
    reason: LeavingReason | None = None


def planned_text(
    erasure_id: str, place: TextPlace, spans: Iterable[Span], digest: str
) -> PlannedText:
    """A place as it was found: what must stay is left, of the rest nobody decided.

    Its id follows from where it is, so that a second look knows it again.
    """
    where = (place.store.value, place.pk, place.sk, place.path)
    found = PlannedText(
        derived_id("text", erasure_id, *where), place, tuple(spans), digest
    )
    stays = found.must_stay
    if stays is None:
        return found
    return replace(found, outcome=TextOutcome.LEAVE, reason=stays)


def seen_again(
    before: Iterable[PlannedText], found: Iterable[PlannedText]
) -> tuple[PlannedText, ...]:
    """The places that a second look has to record: new, changed since, or gone.

    Where the text is another one than an officer saw, they are asked again.
    """
    known = {each.text_id: each for each in before}
    now = {each.text_id: each for each in found}
    new = [
        each
        for text_id, each in now.items()
        if text_id not in known
        or (known[text_id].spans, known[text_id].digest) != (each.spans, each.digest)
        or known[text_id].outcome is TextOutcome.GONE
    ]
    gone = [
        replace(each, outcome=TextOutcome.GONE, reason=None, spans=(), done=True)
        for text_id, each in known.items()
        if text_id not in now and each.outcome is not TextOutcome.GONE
    ]
    return (*new, *gone)


def undecided(
    texts: Iterable[PlannedText], pictures: Iterable[PlannedPicture]
) -> tuple[PlannedText, ...]:
    """The places of which an officer still has to say something.

    What is written about a picture that is deleted goes with it.
    """
    deleted = {
        each.asset_id for each in pictures if each.outcome is PictureOutcome.DELETE
    }
    return tuple(
        each
        for each in texts
        if each.outcome is None and each.place.asset_id not in deleted
    )


def decided(
    erasure: Erasure, texts: Iterable[PlannedText], wishes: Mapping[str, TextWish]
) -> tuple[PlannedText, ...]:
    """The places as an officer wants them, those alone that were named.

    While it is planned; and of a place that nobody decided, because it changed since,
    also while it is carried out. By then the name is gone, and cannot be looked for any
    more: such a place is changed by hand, and said to be left. Raises
    ErasureRefusedError.
    """
    known = {each.text_id: each for each in texts}
    told: list[PlannedText] = []
    for text_id, wish in wishes.items():
        text = known.get(text_id)
        if text is None:
            raise ErasureRefusedError(ErasureRefusal.UNKNOWN_TEXT)
        late = erasure.state is ErasureState.ERASING and text.outcome is None
        if erasure.state is not ErasureState.PLANNED and not late:
            raise ErasureRefusedError(ErasureRefusal.NOT_PLANNED)
        _check(text, wish, late)
        reason = text.must_stay or wish.reason
        told.append(replace(text, outcome=wish.outcome, reason=reason))
    return tuple(told)


def _check(text: PlannedText, wish: TextWish, late: bool) -> None:
    redacts = wish.outcome is TextOutcome.REDACT
    if wish.outcome is TextOutcome.GONE or (redacts and (text.must_stay or late)):
        raise ErasureRefusedError(ErasureRefusal.CANNOT_REDACT)
    if redacts or text.must_stay is not None:
        return
    if wish.reason is None or wish.reason in _STATED:
        raise ErasureRefusedError(ErasureRefusal.NO_REASON)

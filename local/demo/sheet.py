"""The contact sheet: every picture on one page that needs nothing but itself.

Previews are inlined, the one script and the one style sheet are named by their hash in
the page's content security policy, and nothing is fetched. Both languages are in the
page; the script only switches which one shows.
"""

import base64
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from PIL import Image

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Verdict
from beeldrecht.domain.consent import Grant, GrantKind, Withdrawal, in_force
from beeldrecht.domain.messages import words
from beeldrecht.domain.time import AMSTERDAM
from cli import words as cli_words
from cli.catalogue import Phrase
from cli.names import short
from cli.pictures import FaceState, Seen, SeenFace
from cli.tables import face_reasons, status_of, who, worth_saying
from local.demo.catalogue import say
from local.demo.covering import Rights

TEMPLATES = Path(__file__).parent / "templates"
SHOWN_SIDE = 1000
"""Pixels of the longest side of an inlined preview."""
SOON = timedelta(days=30)
CROWD = 3
"""With more faces than this, a picture takes the full width."""

FACE_SIGNS: Mapping[FaceState, str] = {
    FaceState.CLEAR: "✓",
    FaceState.PARTLY: "◑",
    FaceState.COVERED: "▨",
    FaceState.FROZEN: "✕",
    FaceState.SUGGESTED: "⁇",
    FaceState.UNNAMED: "?",
}
_SECTIONS = (
    (AssetStatus.RELEASED, "sheet_released"),
    (AssetStatus.READY, "sheet_ready"),
    (AssetStatus.EMBARGOED, "sheet_embargoed"),
)


type Preview = Callable[[str], bytes]
"""Gives the bytes of a picture's preview, by the picture's id."""


class Consents(Protocol):
    """What people agreed to and took back."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What was given."""
        ...

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """What was taken back."""
        ...


@dataclass(frozen=True)
class Chips:
    """The channels in which the same is possible."""

    verdict: str
    sign: str
    words: Phrase
    channels: tuple[Phrase, ...]


@dataclass(frozen=True)
class FaceOnSheet:
    """A face in the list beside its picture, and its box in percent of the picture."""

    number: int
    anchor: str
    state: str
    sign: str
    state_name: Phrase
    name: Phrase
    reasons: tuple[tuple[Phrase, Phrase], ...]
    """Where it counts (empty: everywhere), and what it is."""
    x: str
    y: str
    width: str
    height: str
    tag_y: str
    tag_below: bool
    """Whether there is no room above the box."""


@dataclass(frozen=True)
class PictureOnSheet:
    """A picture with everything that is said about it."""

    anchor: str
    asset_id: str
    file_name: str
    status: str
    status_name: Phrase
    preview: str
    width: int
    height: int
    wide: bool
    chips: tuple[Chips, ...]
    leaves: tuple[Chips, ...]
    notes: tuple[Phrase, ...]
    faces: tuple[FaceOnSheet, ...]
    holds: Phrase | None


@dataclass(frozen=True)
class FileOnSheet:
    """A file that was not taken in."""

    anchor: str
    file_name: str
    why: Phrase
    facts: Phrase


@dataclass(frozen=True)
class PersonOnSheet:
    """A person and what that person signed."""

    name: str
    state: str
    consent: Phrase
    channels: Phrase
    recognition: Phrase


def both(make: Callable[[str], str]) -> Phrase:
    """The same in both languages."""
    return Phrase(en=make("en"), nl=make("nl"))


def make_sheet(
    pictures: Sequence[Seen],
    names: Mapping[str, str],
    consents: Consents,
    preview: Preview,
    at: datetime,
    language: str,
    rights: Rights | None = None,
) -> str:
    """The page. `names` has every person that may be shown, by id."""
    files = {seen.asset_id: seen.file_name for seen in pictures}
    by_status: dict[AssetStatus, list[Seen]] = {}
    for seen in pictures:
        by_status.setdefault(status_of(seen), []).append(seen)
    sections = [
        (
            status.value,
            both(partial(say, key)),
            [_picture(seen, names, files, preview) for seen in by_status.pop(status, [])],
        )
        for status, key in _SECTIONS
    ]
    refused = [_file(seen) for seen in by_status.pop(AssetStatus.REJECTED, [])]
    under_way = [_file(seen) for rest in by_status.values() for seen in rest]
    style, script = _asset("sheet.css"), _asset("sheet.js")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "phrase": lambda key, **values: both(lambda spoken: say(key, spoken, **values)),
    }
    return environment.get_template("sheet.html.j2").render(
        language=language,
        sections=sections,
        refused=refused,
        under_way=under_way,
        people=_people(names, consents, at),
        rights=rights or Rights(),
        inlined=_inlined,
        face_legend=_face_legend(),
        channel_legend=_channel_legend(),
        about=both(
            lambda spoken: say("sheet_about", spoken, moment=cli_words.moment(at, spoken))
        ),
        style=Markup(style),  # noqa: S704  # our own file
        script=Markup(script),  # noqa: S704  # our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _picture(
    seen: Seen, names: Mapping[str, str], files: Mapping[str, str], preview: Preview
) -> PictureOnSheet:
    decision = seen.decision
    if decision is None:
        raise ValueError("only a picture that was decided on has a place among these")
    status = status_of(seen)
    until = decision.valid_until
    return PictureOnSheet(
        anchor=f"p-{short(seen.asset_id)}",
        asset_id=seen.asset_id,
        file_name=files[seen.asset_id],
        status=status.value,
        status_name=both(partial(cli_words.status_name, status)),
        preview=_inlined(preview(seen.asset_id)),
        width=seen.width,
        height=seen.height,
        wide=len(seen.faces) > CROWD,
        chips=_chips(decision.per_channel),
        leaves=_chips(decision.leaves),
        notes=_notes(seen, files),
        faces=tuple(
            _face(face, seen, names, seen.width, seen.height) for face in seen.faces
        ),
        holds=both(partial(cli_words.holds, until)) if until else None,
    )


def _inlined(jpeg: bytes) -> str:
    shown = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as picture:
        # Before anything else is asked of it: the decoder then skips what is not shown.
        picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
        picture.save(shown, "JPEG", quality=82)
    return f"data:image/jpeg;base64,{base64.b64encode(shown.getvalue()).decode()}"


def _chips(verdicts: Mapping[Channel, Verdict]) -> tuple[Chips, ...]:
    """From most to least possible; what holds for no channel is left out."""
    rows = {v: [c for c in ALL_CHANNELS if verdicts.get(c) is v] for v in Verdict}
    return tuple(
        Chips(
            verdict=verdict.value,
            sign=cli_words.VERDICT_SIGNS[verdict],
            words=both(partial(cli_words.verdict_name, verdict)),
            channels=tuple(both(partial(cli_words.channel_name, c)) for c in channels),
        )
        for verdict, channels in rows.items()
        if channels
    )


def _notes(seen: Seen, files: Mapping[str, str]) -> tuple[Phrase, ...]:
    notes = [both(partial(words, finding.id)) for finding in worth_saying(seen)]
    original = seen.duplicate_of
    if original:
        name = files.get(original, short(original))
        notes.insert(
            0, both(lambda spoken: cli_words.say("duplicate_of", spoken, name=name))
        )
    return tuple(notes)


def _face(
    face: SeenFace, seen: Seen, names: Mapping[str, str], width: int, height: int
) -> FaceOnSheet:
    box, state = face.box, face.state
    below = box.y < height / 9
    reasons = zip(
        face_reasons(face.findings, "en"),
        face_reasons(face.findings, "nl"),
        strict=True,
    )
    named = bool(face.person_ids or face.suggested)
    return FaceOnSheet(
        number=face.number,
        anchor=f"f-{short(seen.asset_id)}-{face.number}",
        state=state.value.removeprefix("face_"),
        sign=FACE_SIGNS[state],
        state_name=both(partial(cli_words.say, state.value)),
        name=both(
            lambda spoken: (
                who(face, names, spoken)
                if named
                else cli_words.say("face_number", spoken, number=face.number)
            )
        ),
        reasons=tuple(
            (
                Phrase(_sentence_case(en.where), _sentence_case(nl.where)),
                Phrase(en.text, nl.text),
            )
            for en, nl in reasons
        ),
        x=_percent(box.x, width),
        y=_percent(box.y, height),
        width=_percent(box.width, width),
        height=_percent(box.height, height),
        tag_y=_percent(box.y + box.height if below else box.y, height),
        tag_below=below,
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"


def _file(seen: Seen) -> FileOnSheet:
    rejection = seen.rejection
    return FileOnSheet(
        anchor=f"p-{short(seen.asset_id)}",
        file_name=seen.file_name,
        why=both(
            lambda spoken: (
                cli_words.rejection_words(rejection, spoken)
                if rejection
                else cli_words.say("under_way", spoken)
            )
        ),
        facts=both(
            lambda spoken: say(
                "file_facts",
                spoken,
                size=max(1, round(seen.size / 1000)),
                type=seen.media_type,
            )
        ),
    )


# -- people ----------------------------------------------------------------------------


def _people(
    names: Mapping[str, str], consents: Consents, at: datetime
) -> tuple[PersonOnSheet, ...]:
    return tuple(
        _person(name, person_id, consents, at) for person_id, name in names.items()
    )


def _person(name: str, person_id: str, consents: Consents, at: datetime) -> PersonOnSheet:
    theirs = [g for g in consents.grants if g.person_id == person_id]
    image = [g for g in theirs if g.kind is GrantKind.IMAGE_CONSENT]
    biometric = [g for g in theirs if g.kind is GrantKind.BIOMETRIC_CONSENT]
    state, consent = _consent(image, consents.withdrawals, at)
    live = [g for g in image if in_force(g, tuple(consents.withdrawals), at)]
    channels = [c for c in ALL_CHANNELS if any(c in g.channels for g in live or image)]
    return PersonOnSheet(
        name=name,
        state=state,
        consent=consent,
        channels=both(lambda spoken: _channels(channels, spoken)),
        recognition=both(lambda spoken: _recognition(biometric, spoken)),
    )


def _consent(
    image: Sequence[Grant], withdrawals: Sequence[Withdrawal], at: datetime
) -> tuple[str, Phrase]:
    """How the image consent stands, as one word and as a sentence."""
    if not image:
        return "none", both(partial(say, "consent_none"))
    taken_back = [
        w.effective_at
        for w in withdrawals
        if w.effective_at <= at and any(w.takes_back(grant) for grant in image)
    ]
    live = [grant for grant in image if in_force(grant, tuple(withdrawals), at)]
    # Each channel ends by itself: what is said is when the first of them does.
    ends = [each.period.end for each in live or image if each.period.end is not None]
    end = min(ends) if live and ends else max(ends, default=None)
    if taken_back and not live:
        on = max(taken_back).astimezone(AMSTERDAM).date()
        state, key = "withdrawn", "consent_withdrawn"
    elif end is None:
        return "live", both(partial(say, "consent_forever"))
    else:
        on = cli_words.last_day_before(end)
        if end <= at:
            state, key = "ended", "consent_ended"
        elif end - at <= SOON:
            state, key = "soon", "consent_ending"
        else:
            state, key = "live", "consent_in_force"
    return state, both(lambda spoken: say(key, spoken, day=cli_words.day(on, spoken)))


def _channels(channels: Sequence[Channel], language: str) -> str:
    if len(channels) == len(ALL_CHANNELS):
        return cli_words.say("all_channels", language)
    named = [cli_words.channel_name(channel, language) for channel in channels]
    return ", ".join(named) or "-"


def _recognition(biometric: Sequence[Grant], language: str) -> str:
    ends = [g.period.end for g in biometric if g.period.end]
    if not ends:
        return say("recognition_no", language)
    last = cli_words.day(cli_words.last_day_before(max(ends)), language)
    return say("recognition_yes", language, day=last)


# -- legend ----------------------------------------------------------------------------


def _face_legend() -> list[tuple[str, str, Phrase, Phrase]]:
    """Each state of a face: class, sign, name and what it means."""
    return [
        (
            state.value.removeprefix("face_"),
            FACE_SIGNS[state],
            both(partial(cli_words.say, state.value)),
            both(partial(say, f"sheet_hint_{state.value.removeprefix('face_')}")),
        )
        for state in FaceState
    ]


def _channel_legend() -> list[tuple[str, str, Phrase]]:
    """Each verdict: class, sign and words."""
    return [
        (
            verdict.value,
            cli_words.VERDICT_SIGNS[verdict],
            both(partial(words, verdict)),
        )
        for verdict in Verdict
    ]

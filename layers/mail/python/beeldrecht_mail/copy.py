"""The signed copy: what was shown, chosen and signed, as a PDF that lasts.

PDF/A-3a and PDF/UA-1: readable in fifty years, and with a screen reader. Inside it lie
the wording exactly as it was hashed and the evidence exactly as it was sealed. The same
evidence makes the same bytes, so a copy that was made twice is one document. Typst, which
sets it, refuses to write a file that breaks either standard.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beeldrecht.domain.consent import Grant, GrantKind
from beeldrecht.domain.drawings import strokes
from beeldrecht.domain.signing import Evidence, SignatureKind, evidence_bytes
from beeldrecht.domain.wordings import Wording, canonical

from .letters import instant_of
from .typesetting import FONTS, all_shown, grouped, pdf_of
from .words import Language, language

_SOURCE = Path(__file__).with_name("copy.typ")
_DRAWING = (240.0, 80.0)
"""The largest that a drawn signature is shown, in points."""


class WrongWordingError(Exception):
    """The evidence names another wording than the one that was given."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rows are made with."""

    words: Language
    grants: tuple[Grant, ...]

    def answer(self, *, yes: bool) -> str:
        return self.words.copy.yes if yes else self.words.copy.no

    def term(self, fits: Callable[[Grant], bool]) -> str:
        """Through which day, of the grant that it is about; nothing for a refusal."""
        found = next((grant for grant in self.grants if fits(grant)), None)
        if found is None:
            return ""
        if found.last_day is None:
            return self.words.copy.no_end
        return self.words.copy.until.format(day=self.words.day(found.last_day))


def signed_copy(evidence: Evidence, wording: Wording, grants: Iterable[Grant]) -> bytes:
    """The PDF of one signed document, from its evidence, its wording and its grants.

    Raises WrongWordingError rather than print words that were not the ones signed.
    """
    as_shown = canonical(wording, evidence.language)
    if wording.name != evidence.wording or _sha256(as_shown) != evidence.wording_sha256:
        raise WrongWordingError(evidence.quitclaim_id)
    ordered = tuple(sorted(grants, key=lambda grant: grant.grant_id))
    said = _Said(language(evidence.language), ordered)
    data = _data(evidence, wording, said)
    inputs = {
        "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
        "wording": as_shown.decode(),
        "evidence": evidence_bytes(evidence).decode(),
    }
    return pdf_of(_SOURCE, inputs, evidence.signed_at)


def _data(evidence: Evidence, wording: Wording, said: _Said) -> dict[str, Any]:
    _, text = wording.text_for(evidence.language)
    words = said.words.copy
    said_all: dict[str, Any] = all_shown(
        {
            "language": said.words.code,
            "fonts": list(FONTS),
            "document": f"{words.document} {evidence.quitclaim_id}",
            "title": text.title,
            "author": text.controller,
            "purpose": text.purpose,
            "controller": text.controller,
            "notice": list(text.notice),
            "choices": _choices(evidence, wording, said),
            "signer": _signer(evidence, said),
            "statement": text.guardian if evidence.signer.guardian else "",
            "signature": _signature(evidence, said),
            "evidence": _evidence(evidence, said),
            "attached": words.attached,
            "words": {
                "title": words.title,
                "subtitle": words.subtitle,
                "wording": words.wording,
                "purpose": words.purpose,
                "controller": words.controller,
                "notice": words.notice,
                "choices": words.choices,
                "signer": words.signer,
                "signature": words.signature,
                "evidence": words.evidence,
            },
        }
    )
    return said_all


def _choices(evidence: Evidence, wording: Wording, said: _Said) -> list[dict[str, Any]]:
    _, text = wording.text_for(evidence.language)
    words, chosen = said.words.copy, evidence.choices
    places = ", ".join(said.words.places[place] for place in sorted(wording.places))
    found = []
    if wording.channels:
        rows = [
            {
                "what": said.words.channels[channel],
                "answer": said.answer(yes=channel in chosen.channels),
                "term": said.term(
                    lambda grant, channel=channel: (  # type: ignore[misc]
                        grant.kind is GrantKind.IMAGE_CONSENT
                        and channel in grant.channels
                    )
                ),
            }
            for channel in sorted(wording.channels)
        ]
        name = f"{words.image} ({places})" if places else words.image
        found.append({"name": name, "statement": text.image, "rows": rows})
    for offered, kind, name, yes in (
        (text.portrait, GrantKind.PORTRAIT_AGREEMENT, words.portrait, chosen.portrait),
        (
            text.biometric,
            GrantKind.BIOMETRIC_CONSENT,
            words.biometric,
            chosen.biometric,
        ),
    ):
        if offered is None:
            continue
        paid = kind is GrantKind.PORTRAIT_AGREEMENT and wording.compensation
        row = {
            "what": f"{words.compensation}: {wording.compensation}" if paid else "",
            "answer": said.answer(yes=yes),
            "term": said.term(lambda grant, kind=kind: grant.kind is kind),  # type: ignore[misc]
        }
        found.append({"name": name, "statement": offered, "rows": [row]})
    return found


def _signer(evidence: Evidence, said: _Said) -> list[list[str]]:
    signer, words = evidence.signer, said.words.copy
    rows = [[words.name, signer.name]]
    if signer.guardian is not None:
        relation = words.relations[signer.guardian.relation]
        line = words.guardian.format(name=signer.guardian.name, relation=relation)
        rows.append([words.signature, line])
    return rows


def _signature(evidence: Evidence, said: _Said) -> dict[str, Any]:
    signature = evidence.signature
    drawn: list[list[list[float]]] = []
    width = height = 0.0
    if signature.kind is SignatureKind.DRAWN:
        drawn, width, height = _fitted(signature.mark)
    return {
        "kind": said.words.copy.signatures[signature.kind],
        "mark": signature.mark if signature.kind is SignatureKind.TYPED else "",
        "strokes": drawn,
        "width": width,
        "height": height,
    }


def _fitted(mark: str) -> tuple[list[list[list[float]]], float, float]:
    """The strokes of a drawing, moved to its corner and made to fit."""
    lines = [line for line in strokes(mark) if len(line) > 1]
    across = [x for line in lines for x, _ in line]
    down = [y for line in lines for _, y in line]
    left, top = min(across), min(down)
    wide, high = max(across) - left, max(down) - top
    scale = min(_DRAWING[0] / max(wide, 1), _DRAWING[1] / max(high, 1), 1.0)
    moved = [
        [[round((x - left) * scale, 2), round((y - top) * scale, 2)] for x, y in line]
        for line in lines
    ]
    return moved, round(wide * scale, 2) + 2, round(high * scale, 2) + 2


def _evidence(evidence: Evidence, said: _Said) -> list[list[str]]:
    words = said.words.copy
    rows = [
        [words.signed_at, instant_of(evidence.signed_at, said.words)],
        [words.signed_on, words.ways.get(evidence.signed_on, evidence.signed_on)],
        [words.network, evidence.seen.network or words.unknown],
        [words.agent, evidence.seen.agent or words.unknown],
        [words.wording, evidence.wording],
        [words.digest, grouped(evidence.wording_sha256)],
        [words.document, grouped(evidence.quitclaim_id)],
    ]
    if evidence.photographer:
        rows.append([words.photographer, evidence.photographer])
    if evidence.replaces:
        rows.append([words.replaces, grouped(evidence.replaces)])
    return rows


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

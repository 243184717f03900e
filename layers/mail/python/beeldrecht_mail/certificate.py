"""The certificate of an erasure as a document, in both languages of the house.

Who makes it no longer knows which language its reader speaks: that was erased too. Inside
it lies the certificate as canonical JSON, exactly as it is hashed into the signed file.
"""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from beeldrecht.domain.certificates import Certificate, body_of, canonical
from beeldrecht.domain.erasure import PictureOutcome, Receipt
from beeldrecht.domain.erasure_texts import LeavingReason, TextOutcome
from beeldrecht.domain.messages import words
from beeldrecht.domain.stores import Erasing

from .certificate_words import LANGUAGES, CertificateWords
from .letters import instant_of
from .typesetting import FONTS, all_shown, grouped, pdf_of
from .words import Language, language

_SOURCE = Path(__file__).with_name("certificate.typ")
_LOOKED_FOR = frozenset(
    {Erasing.DELETED, Erasing.KEY_DESTROYED, Erasing.WITH_PICTURE, Erasing.PROOF}
)


def certificate_pdf(certificate: Certificate, key_name: str) -> bytes:
    """The PDF of a certificate, the same bytes for the same certificate.

    `key_name` is the SHA-256 of the public key that its file is signed with, in
    hexadecimal digits.
    """
    data = all_shown(
        {
            "fonts": list(FONTS),
            "controller": certificate.controller,
            "number": grouped(certificate.erasure_id),
            "parts": [
                _part(certificate, key_name, language(said.code), said)
                for said in LANGUAGES
            ],
        }
    )
    inputs = {
        "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
        "certificate": canonical(body_of(certificate)).decode(),
    }
    return pdf_of(_SOURCE, inputs, certificate.issued_at)


def _part(
    certificate: Certificate, key_name: str, tongue: Language, said: CertificateWords
) -> dict[str, Any]:
    until = certificate.proof_until
    left = [
        each
        for each in certificate.texts
        # Changed by hand, it names nobody any more.
        if each.reason not in {None, LeavingReason.BY_HAND, LeavingReason.ANOTHER}
    ]
    return {
        "language": said.code,
        "title": said.title,
        "subtitle": said.of_picture if certificate.of_picture else said.of_person,
        "summary": [
            [said.controller, certificate.controller],
            [said.number, grouped(certificate.erasure_id)],
            [said.confirmed, instant_of(certificate.confirmed_at, tongue)],
            [said.issued, instant_of(certificate.issued_at, tongue)],
            [said.entry, str(certificate.entry)],
            [said.pictures, _pictures(certificate, said)],
            [said.proof, tongue.day(until) if until else said.no_proof],
            *([[said.texts, _texts(certificate, said)]] if certificate.texts else []),
        ],
        "stays": said.stays,
        "stays_more": said.stays_named if left else said.stays_more,
        "remaining": [
            [f"{_place(each, said.code)} ({each.what})", str(each.remains), reason]
            for each in certificate.remaining
            for reason in [words(each.why, said.code)]
        ]
        + [
            [f"{said.text} ({each.what})", str(each.count), words(each.reason, said.code)]
            for each in left
            if each.reason is not None
        ],
        "nothing_stays": said.nothing_stays,
        "remaining_columns": [said.store, said.remains, said.why],
        "stores": said.stores,
        "stores_more": said.stores_more,
        "columns": [said.what, said.found, said.removed, said.remains],
        "tables": [
            _table(list(receipts), said)
            for _, receipts in groupby(
                sorted(certificate.receipts, key=_in_order), key=lambda r: r.store
            )
        ],
        "check": said.check,
        "checking": list(said.checking),
        "command": "python -m cli verify certificate CERTIFICATE.json",
        "key": [said.key, grouped(key_name)],
        "attached": said.attached,
    }


def _pictures(certificate: Certificate, said: CertificateWords) -> str:
    counts = certificate.pictures
    return said.counted.format(
        masked=counts.get(PictureOutcome.MASK, 0),
        deleted=counts.get(PictureOutcome.DELETE, 0),
    )


def _texts(certificate: Certificate, said: CertificateWords) -> str:
    counts = Counter[TextOutcome]()
    for each in certificate.texts:
        counts[each.outcome] += each.count
    return said.texts_counted.format(
        redacted=counts[TextOutcome.REDACT],
        left=counts[TextOutcome.LEAVE],
        gone=counts[TextOutcome.GONE],
    )


def _in_order(receipt: Receipt) -> tuple[int, str]:
    places = tuple(type(receipt.store))
    return places.index(receipt.store), receipt.what


def _place(receipt: Receipt, code: str) -> str:
    return words(receipt.store, code).rstrip(".")


def _table(receipts: Sequence[Receipt], said: CertificateWords) -> dict[str, Any]:
    """One store: a row for each kind of thing that was there, the others in lines."""
    there = [each for each in receipts if each.found or each.removed or each.remains]
    others: dict[str, list[str]] = {}
    for each in receipts:
        if each not in there:
            # Only what an erasure takes away is looked for; else it is said why not.
            searched = each.why in _LOOKED_FOR
            line = said.empty if searched else words(each.why, said.code)
            others.setdefault(line.rstrip("."), []).append(each.what or "*")
    return {
        "store": _place(receipts[0], said.code),
        "rows": [
            [
                each.what or "*",
                *(str(n) for n in (each.found, each.removed, each.remains)),
            ]
            for each in there
        ],
        "others": [f"{line}: {', '.join(kinds)}." for line, kinds in others.items()],
    }

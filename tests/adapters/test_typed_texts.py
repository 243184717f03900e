"""R11: names in what people typed, over a table: found, and taken out by their place."""

import json
from dataclasses import replace

import pytest

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.traces import Places
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.erasure import ErasureState, Plan, person_erasure
from beeldrecht.domain.erasure_texts import (
    Redaction,
    TextOutcome,
    TextWish,
    decided,
    planned_text,
)
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.named import COVER, Wanted
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime import clients
from tests.adapters.aws import Aws
from tests.adapters.test_erasures_adapter import entry
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, EDITOR, NOON

WANTED = Wanted(("Ann de Vries",), ("ann@vries.example",))


def said(action: str, again: str) -> NewEntry:
    """An entry of something that is done more than once."""
    once = entry(action, ANN)
    return replace(once, entry_id=f"{once.entry_id}:{again}")


def an_asset(aws: Aws, table: str) -> None:
    said = {"title": "Vries, Ann de", "keywords": ["sun", "Ann de Vries"]}
    texts = {"pk": "ASSET#1", "sk": "META", "kind": "asset", "file_name": "a.jpg"}
    item = {name: {"S": value} for name, value in texts.items()}
    item |= {"description": {"S": json.dumps(said)}, "revision": {"N": "5"}}
    aws.put_item(table, item | {"decided_revision": {"N": "4"}})


def test_r11_a_name_is_found_and_taken_out_and_nothing_else_changes(aws: Aws) -> None:
    library, consent = aws.table("library"), aws.table("consent")
    an_asset(aws, library)
    typed = TypedTexts(clients.dynamodb(REGION), Places(library, consent))
    texts = {
        each.place.path: each
        for each in (planned_text("e", *found) for found in typed.naming(WANTED))
    }
    assert texts.keys() == {"description.keywords", "description.title"}
    for each in texts.values():
        assert typed.redact(each) is Redaction.REDACTED
        assert typed.redact(each) is Redaction.REDACTED  # found done
    assert not list(typed.naming(WANTED))
    (item,) = aws.items(library)
    assert json.loads(item["description"]["S"]) == {
        "title": COVER,
        "keywords": ["sun", COVER],
    }
    # Who read it before writes it no more, and what was decided stays decided.
    assert (item["revision"]["N"], item["decided_revision"]["N"]) == ("7", "6")
    title = texts["description.title"]
    aws.put_item(library, {**item, "description": {"S": '{"title": "Somebody"}'}})
    assert typed.redact(title) is Redaction.CHANGED
    aws.delete_item(library, item)
    assert typed.redact(title) is Redaction.GONE
    assert typed.now(title.place) is None


def test_r11_who_saw_a_session_before_a_name_went_out_of_it_writes_it_no_more(
    aws: Aws,
) -> None:
    library, consent = aws.table("library"), aws.table("consent")
    trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
    sessions = Sessions(library, REGION, trail)
    rests = BatchBasis(
        LegalBasisKind.CONTRACT, frozenset({Channel.PRINT}), "Contract of Ann de Vries"
    )
    made = Session(new_id(), NOON.date(), title="Ann de Vries, 40 years", basis=rests)
    assert sessions.create(made, entry("create", made.session_id))
    typed = TypedTexts(clients.dynamodb(REGION), Places(library, consent))
    found = [planned_text("e", *each) for each in typed.naming(WANTED)]
    assert {each.place.path for each in found} == {"title", "basis_reference"}
    for each in found:
        assert typed.redact(each) is Redaction.REDACTED
    with pytest.raises(StaleRevisionError):
        sessions.save(made, made, entry("change", made.session_id))
    left = sessions.get(made.session_id)
    assert left is not None
    assert left.title == f"{COVER}, 40 years"
    assert left.basis == replace(rests, reference=f"Contract of {COVER}")


def test_r11_places_are_kept_beside_the_plan_without_a_word(aws: Aws) -> None:
    library, consent = aws.table("library"), aws.table("consent")
    an_asset(aws, library)
    typed = TypedTexts(clients.dynamodb(REGION), Places(library, consent))
    trail = AuditTrail(aws.table("audit"), REGION)
    erasures = Erasures(consent, REGION, trail)
    erasure = person_erasure(derived_id("asks"), ANN, EDITOR, NOON)
    assert erasures.start(erasure, entry("begin", ANN))
    erasure_id = erasure.erasure_id
    found = [planned_text(erasure_id, *each) for each in typed.naming(WANTED)]
    erasures.keep_plan(
        erasure, Plan({}, (), True, NOON), ErasureState.PLANNED, entry("plan", ANN), found
    )
    assert sorted(erasures.texts(erasure_id), key=repr) == sorted(found, key=repr)
    assert "vries" not in json.dumps(aws.items(consent), default=str).lower()
    planned = erasures.get(erasure_id)
    assert planned is not None
    redact = TextWish(TextOutcome.REDACT)
    wanted = decided(planned, found, {each.text_id: redact for each in found})
    assert erasures.replan(planned, {}, True, entry("texts", ANN), wanted)
    assert {e.outcome for e in erasures.texts(erasure_id)} == {TextOutcome.REDACT}
    # Confirmed, asked again, and confirmed once more: frozen all the while.
    for again in ("one", "two"):
        planned = erasures.get(erasure_id)
        assert planned is not None
        assert erasures.confirm(planned, EDITOR, NOON, said("confirm", again))
        confirmed = erasures.get(erasure_id)
        assert confirmed is not None
        assert erasures.reopen(confirmed, said("reopen", again))
        assert not erasures.cancel(confirmed, NOON, said("cancel", again))
    first, second = (each.text_id for each in erasures.texts(erasure_id))
    erasures.text_done(erasure_id, first, TextOutcome.REDACT)
    erasures.ask_again(erasure_id, second)
    told = {e.text_id: (e.outcome, e.spans, e.done) for e in erasures.texts(erasure_id)}
    assert told == {first: (TextOutcome.REDACT, (), True), second: (None, (), False)}

"""Everything that the API's description lets anybody ask, asked of the real handlers.

Bounded and seeded, so that a red run is red again; `bench/asked.py` asks for longer.
"""

import pytest

from tests.adapters.asking import Asking
from tests.adapters.aws import Aws
from tests.adapters.house import house

pytestmark = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
SEED = 3

# Not to be had by chance: photos that a permit allows, parts that were sent, a scan, a
# signature by somebody who may, a whole text, and the id of what another answer told.
# Of what officers do: a record is signed by the digest of its very words, a breach and a
# request by letter are whole forms with days that fit, and an erasure is confirmed, a
# request decided, put off or its freeze lifted in one state alone, with words that fit.
# And nothing of this stands in the house that is asked, nor comes by chance: a share
# or an embed wants a picture that may leave by a channel, an import a name for each of
# its files, an edit words for pictures that are there, a proof an erased person, a
# package pictures that may leave, a declaration a file that is none, and
# what is made current again a file that another one replaced.
RARE = {
    *("POST /v1/packages", "GET /v1/packages/{package_id}"),
    "POST /v1/packages/{package_id}/downloads",
    "PUT /v1/assets/{asset_id}/declaration",
    "POST /v1/assets/{asset_id}/restore",
    *("POST /v1/shares", "DELETE /v1/shares/{share_id}", "POST /subject/share"),
    *("POST /subject/share/download", "POST /subject/share/picture"),
    *("POST /v1/embeds", "GET /embed/{publication_id}"),
    "DELETE /v1/publications/{publication_id}",
    *("GET /v1/imports/{import_id}", "DELETE /v1/imports/{import_id}"),
    *("GET /v1/imports/{import_id}/files", "POST /v1/imports/{import_id}/files"),
    *("POST /v1/metadata/edits", "DELETE /v1/metadata/edits/{edit_id}"),
    "GET /v1/erasures/{erasure_id}/proof",
    "POST /subject/sign",
    "DELETE /v1/assets/{asset_id}/bases/{basis_id}",
    "POST /v1/consent-requests/{request_id}/reminders",
    "POST /v1/breaches",
    "POST /v1/erasures/{erasure_id}/confirmation",
    "POST /v1/governance/{record_id}/signature",
    "POST /v1/subject-requests",
    "POST /v1/subject-requests/{subject_request_id}/decision",
    "POST /v1/subject-requests/{subject_request_id}/extension",
    "POST /v1/subject-requests/{subject_request_id}/lift",
    "POST /v1/people/{person_id}/enrolment",
    "POST /v1/people/{person_id}/quitclaims",
    "POST /v1/people/{person_id}/withdrawals",
    "DELETE /v1/sessions/{session_id}/links/{link_id}",
    "POST /v1/wordings",
    "POST /v1/wordings/{wording_id}/versions",
    "POST /v1/uploads/{asset_id}/complete",
    "DELETE /v1/uploads/{asset_id}/parts/{upload_id}",
}


def test_nothing_that_can_be_asked_fails_or_answers_otherwise_than_described(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house(aws, monkeypatch) as furnished:
        asking = Asking(furnished, SEED)
        asking.ask_each(examples=6)
        asking.ask_in_turn(walks=6, steps=12)
    assert not asking.failures, "\n\n".join(asking.failures.values())
    # A proof by asking is one only where the asking got somewhere.
    assert asking.cases > 500
    never = asking.operations - asking.done - RARE
    assert len(never) <= 8, sorted(never)
    assert {status for _, status in asking.counts} >= {
        *(200, 201, 202, 400, 403, 404, 409, 412, 422, 428),
    }

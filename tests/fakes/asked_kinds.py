"""One good request for each route about asking and signing, beside those of `ASKED`."""

import re
from dataclasses import replace
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from tests.fakes import asked as at_hand
from tests.fakes import describing_calls, looking_calls, sharing_calls
from tests.fakes.call_kinds import about_picture, asked, plain
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE
from tests.fakes.recall_calls import ASKED
from tests.fakes.samples import ANN

__all__ = ["ASKED", "describing_calls", "looking_calls", "sharing_calls"]

plain("GET", "/v1/wordings", Op.WORDING_LIST)
plain("POST", "/v1/wordings", Op.WORDING_CREATE, at_hand.WORDING)
plain("GET", "/v1/sessions", Op.SESSION_LIST)
plain("POST", "/v1/sessions", Op.SESSION_CREATE, at_hand.BODIES["create_session"])
plain("GET", "/v1/consent-requests", Op.CONSENT_REQUEST_LIST)
plain("GET", "/v1/subject-requests", Op.SUBJECT_REQUEST_LIST)
plain("GET", "/v1/erasures", Op.ERASURE_LIST)
plain("GET", "/v1/exports", Op.EXPORT_LIST)
plain("GET", "/v1/subject-requests/register", Op.SUBJECT_REQUEST_EXPORT)
plain(
    "POST",
    "/v1/subject-requests",
    Op.SUBJECT_REQUEST_ENTER,
    at_hand.BODIES["enter_subject_request"],
)


def about(method: str, where: str, thing: str, operation: Op, body: Any = None) -> None:
    """A route about one thing that is there: `{}` in its path stands for it."""
    route = re.sub(r"{(\w+)}", r"<\1>", where)

    @asked(method, route)
    def make(asker: Asker, user: User) -> Call:
        def path(of: str) -> str:
            return where.format(**{**at_hand.HERE, "person_id": ANN, thing: of})

        there = {**at_hand.HERE, "person_id": ANN}[thing]
        call = Call(method, path(there), ((operation, None),), body=body)
        changes = operation in {Op.WORDING_CHANGE, Op.SESSION_CHANGE}
        attests = operation is Op.SESSION_ATTEST and method == "PUT"
        tagged = asker.tag(1) if changes or attests else {}
        return replace(
            call,
            headers=tagged,
            absent=path(NEVER_MADE),
            # Nobody has made a document of what Ann signed; an erasure may not be over.
            may_miss=where.endswith(("/document", "/certificate", "/proof")),
            query={"reason": "proof_claim"} if where.endswith("/proof") else None,
            seen=Scene(),
        )


for _method, _where, _thing, _operation, _body in (
    ("GET", "/v1/wordings/{wording_id}", "wording_id", Op.WORDING_READ, None),
    (
        "GET",
        "/v1/wordings/{wording_id}/versions/{number}",
        "wording_id",
        Op.WORDING_READ,
        None,
    ),
    (
        "POST",
        "/v1/wordings/{wording_id}/versions",
        "wording_id",
        Op.WORDING_CHANGE,
        at_hand.WORDING,
    ),
    ("GET", "/v1/sessions/{session_id}", "session_id", Op.SESSION_READ, None),
    (
        "PUT",
        "/v1/sessions/{session_id}",
        "session_id",
        Op.SESSION_CHANGE,
        at_hand.BODIES["change_session"],
    ),
    (
        "PUT",
        "/v1/sessions/{session_id}/attestation",
        "session_id",
        Op.SESSION_ATTEST,
        at_hand.BODIES["attest_session"],
    ),
    (
        "DELETE",
        "/v1/sessions/{session_id}/attestation",
        "session_id",
        Op.SESSION_ATTEST,
        None,
    ),
    ("POST", "/v1/sessions/{session_id}/links", "session_id", Op.SESSION_LINK, {}),
    (
        "DELETE",
        "/v1/sessions/{session_id}/links/{link_id}",
        "session_id",
        Op.SESSION_LINK,
        None,
    ),
    (
        "GET",
        "/v1/consent-requests/{request_id}",
        "request_id",
        Op.CONSENT_REQUEST_READ,
        None,
    ),
    (
        "DELETE",
        "/v1/consent-requests/{request_id}",
        "request_id",
        Op.CONSENT_REQUEST_CHANGE,
        None,
    ),
    (
        "POST",
        "/v1/consent-requests/{request_id}/reminders",
        "request_id",
        Op.CONSENT_REQUEST_CHANGE,
        None,
    ),
    (
        "GET",
        "/v1/subject-requests/{subject_request_id}",
        "subject_request_id",
        Op.SUBJECT_REQUEST_READ,
        None,
    ),
    (
        "POST",
        "/v1/subject-requests/{subject_request_id}/decision",
        "subject_request_id",
        Op.SUBJECT_REQUEST_DECIDE,
        at_hand.BODIES["decide_subject_request"],
    ),
    (
        "POST",
        "/v1/subject-requests/{subject_request_id}/identity",
        "subject_request_id",
        Op.SUBJECT_REQUEST_IDENTIFY,
        at_hand.BODIES["identify_subject"],
    ),
    (
        "POST",
        "/v1/subject-requests/{subject_request_id}/extension",
        "subject_request_id",
        Op.SUBJECT_REQUEST_EXTEND,
        at_hand.BODIES["extend_subject_request"],
    ),
    (
        "POST",
        "/v1/subject-requests/{subject_request_id}/lift",
        "subject_request_id",
        Op.SUBJECT_REQUEST_LIFT,
        at_hand.BODIES["lift_freeze"],
    ),
    (
        "GET",
        "/v1/erasures/{erasure_id}/certificate",
        "erasure_id",
        Op.SUBJECT_REQUEST_READ,
        None,
    ),
    ("GET", "/v1/erasures/{erasure_id}", "erasure_id", Op.ERASURE_READ, None),
    (
        "PUT",
        "/v1/erasures/{erasure_id}/plan",
        "erasure_id",
        Op.ERASURE_PLAN,
        {"keep_proof": False},
    ),
    (
        "POST",
        "/v1/erasures/{erasure_id}/confirmation",
        "erasure_id",
        Op.ERASURE_CONFIRM,
        None,
    ),
    (
        "GET",
        "/v1/erasures/{erasure_id}/proof",
        "erasure_id",
        Op.ERASURE_PROOF,
        None,
    ),
    ("DELETE", "/v1/erasures/{erasure_id}", "erasure_id", Op.ERASURE_CANCEL, None),
    ("GET", "/v1/exports/{export_id}", "export_id", Op.EXPORT_READ, None),
    ("POST", "/v1/exports/{export_id}/mail", "export_id", Op.EXPORT_TELL, None),
    (
        "PUT",
        "/v1/people/{person_id}/contact",
        "person_id",
        Op.CONTACT_CHANGE,
        at_hand.BODIES["put_contact"],
    ),
    ("GET", "/v1/people/{person_id}/consents", "person_id", Op.CONSENT_READ, None),
    (
        "POST",
        "/v1/people/{person_id}/withdrawals",
        "person_id",
        Op.CONSENT_WITHDRAW,
        {"all": True},
    ),
    ("POST", "/v1/people/{person_id}/scans", "person_id", Op.CONSENT_ENTER, None),
    (
        "POST",
        "/v1/people/{person_id}/quitclaims",
        "person_id",
        Op.CONSENT_ENTER,
        at_hand.FORM,
    ),
    (
        "GET",
        "/v1/people/{person_id}/quitclaims/{quitclaim_id}/document",
        "person_id",
        Op.CONSENT_READ,
        None,
    ),
):
    about(_method, _where, _thing, _operation, _body)


@asked("POST", "/v1/consent-requests")
def ask(asker: Asker, user: User) -> Call:
    """Who asks shows pictures that they may know of themselves."""
    picture = asker.picture(user)
    scene = asker.estate.scene(picture)
    body = {**at_hand.BODIES["ask_people"], "pictures": [picture.asset_id]}
    asks = ((Op.CONSENT_REQUEST_CREATE, None), (Op.ASSET_READ, scene))
    return Call("POST", "/v1/consent-requests", asks, body=body, headers=asker.key())


@asked("GET", "/v1/assets/<asset_id>/bases")
def list_bases(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.BASIS_READ, "/bases")


@asked("POST", "/v1/assets/<asset_id>/bases")
def record_basis(asker: Asker, user: User) -> Call:
    # Printed, so that what leaves for the website stays what it is.
    body = {**at_hand.BODIES["record_basis"], "channels": ["print"]}
    return about_picture(
        asker,
        user,
        Op.BASIS_RECORD,
        "/bases",
        method="POST",
        body=body,
        headers=asker.key(),
    )


@asked("DELETE", "/v1/assets/<asset_id>/bases/<basis_id>")
def end_basis(asker: Asker, user: User) -> Call:
    end = f"/bases/{at_hand.BASIS}"
    call = about_picture(asker, user, Op.BASIS_END, end, method="DELETE")
    return replace(call, may_miss=True)


@asked("POST", "/v1/assets/<asset_id>/restriction")
def restrict_asset(asker: Asker, user: User) -> Call:
    body = {"ground": "frozen_for_caution"}
    return about_picture(
        asker, user, Op.ASSET_RESTRICT, "/restriction", method="POST", body=body
    )


@asked("DELETE", "/v1/assets/<asset_id>/restriction")
def unrestrict_asset(asker: Asker, user: User) -> Call:
    return about_picture(
        asker, user, Op.ASSET_UNRESTRICT, "/restriction", method="DELETE"
    )


@asked("POST", "/v1/assets/<asset_id>/erasure")
def erase_asset(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.ASSET_ERASE, "/erasure", method="POST")

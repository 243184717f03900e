"""The three APIs over one world, and a well-formed request for each of their routes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.user_api.app import build as build_users
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.imports import ArchiveImport, ImportTerms, import_id_of
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.search import SavedSearch
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.conditions import etag
from beeldrecht.runtime.logs import logger
from library.search_library.app import build as build_search
from tests.fakes import asked as of_asking
from tests.fakes import recall_calls, registers, retention_calls, sharing_calls
from tests.fakes.forms import Asking, answer
from tests.fakes.http import Answer, call
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE, face_id, grant, quitclaim
from tests.fakes.scenes import ready
from tests.fakes.searching import FakeIndex, FakeSearches
from tests.fakes.staff import Staff, as_
from tests.fakes.users import FakeUsers
from tools.openapi.description import document

DOCUMENT = document()
COLLECTION = derived_id("whole", "collection")
SHA = "ab" * 32
EVERY_ROLE = as_(*Role, user_id=EDITOR)
HERE: Mapping[str, str] = {
    "asset_id": PICTURE,
    "face_id": face_id(0),
    "person_id": ANN,
    "collection_id": COLLECTION,
    "user_id": derived_id("test", "account", "a@example.org"),
    "link_id": derived_id("whole", "link"),
    "proposal_id": derived_id("whole", "proposal"),
    "edit_id": derived_id("whole", "edit"),
    "search_id": derived_id("whole", "search"),
    "upload_id": "upload",
    "import_id": import_id_of(EVERY_ROLE.user_id, "Fairs"),
    "name": "preview",
    **of_asking.HERE,
    **registers.HERE,
    **recall_calls.HERE,
    **retention_calls.HERE,
    **sharing_calls.HERE,
}
BODIES: Mapping[str, Mapping[str, Any]] = {
    **of_asking.BODIES,
    **registers.BODIES,
    **retention_calls.BODIES,
    **sharing_calls.BODIES,
    "answer_face": {"answer": "confirm"},
    "change_collection": {"title": "Fair", "restricted": False},
    "change_roles": {"roles": ["viewer"]},
    "complete_upload": {
        "upload_id": "upload",
        "parts": [{"number": 1, "etag": "abc"}],
    },
    "create_collection": {"title": "Fair", "restricted": False},
    "create_link": {"purpose": "own_page"},
    "create_person": {"name": "Ann"},
    "create_user": {"email": "c@example.org", "roles": ["viewer"]},
    "declare_file": {"people": [ANN]},
    "download_asset": {"channel": "website"},
    "enrol_person": {"photos": [{"asset_id": PICTURE, "face_id": face_id(0)}]},
    "mark_face": {"mark": "mask"},
    "change_metadata": {"values": {"title": "Fair"}},
    "edit_metadata": {"asset_ids": [PICTURE], "add": {"keywords": ["fair"]}},
    "place_collection": {"parent_id": None},
    "put_member": {"role": "viewer"},
    "save_search": {"title": "Fairs", "asked": {"q": "fair"}},
    "release_asset": {"channels": ["website"]},
    "restrict_asset": {"ground": "frozen_for_caution"},
    "begin_import": {"name": "Fairs", "count": 1},
    "import_files": {
        "files": [
            {
                "path": "2009/fair.jpg",
                "file_name": "fair.jpg",
                "media_type": "image/jpeg",
                "size": 12,
                "sha256": SHA,
            }
        ]
    },
    "request_upload": {
        "file_name": "fair.jpg",
        "media_type": "image/jpeg",
        "size": 12,
        "sha256": SHA,
    },
    "switch_recognition": {"mode": "off"},
    # Of people without an account, each by a link of their own.
    "ask_right": {"kind": "export"},
    "object_to_use": {"details": "It is my face."},
    "change_consent": {
        "quitclaim_id": quitclaim(grant()).quitclaim_id,
        "channels": ["website"],
        "biometric": False,
    },
    "answer_recall": {"removed": True},
    "own_export": {"confirm": True},
    "own_document": {"quitclaim_id": quitclaim(grant()).quitclaim_id},
    "renew": {"quitclaim_id": quitclaim(grant()).quitclaim_id},
    "see_request": {"language": "nl"},
    "sign": answer(),
    "withdraw_consent": {"all": True},
}


QUERIES: Mapping[str, Mapping[str, str]] = {
    "list_dark_pictures": {"month": "2026-12-01", "channel": "website"},
    "list_records": {"kind": "dpia"},
    "open_proof": {"reason": "proof_claim"},
    "preview_mask": {"channel": "press"},
}
"""What is asked for in the address, where something has to be."""


@dataclass(frozen=True)
class Asked:
    """One operation, as it is described."""

    method: str
    path: str
    described: Mapping[str, Any]

    @property
    def name(self) -> str:
        name: str = self.described["operationId"]
        return name

    @property
    def operation(self) -> Operation | None:
        asked = self.described["x-operation"]
        return Operation(asked) if asked else None

    def needs(self, header: str) -> bool:
        """Whether it has to carry this header."""
        return any(p["name"] == header for p in self.described.get("parameters", []))

    @property
    def takes_body(self) -> bool:
        return "requestBody" in self.described


FORMS = ("see_request", "sign")
"""What is asked by the code of a session; the rest by the link to an own page."""
OPERATIONS = [
    Asked(method.upper(), path, described)
    for path, methods in sorted(DOCUMENT["paths"].items())
    for method, described in sorted(methods.items())
]


class Whole:
    """The staff's, the administrators' and the subjects' API, furnished."""

    def __init__(self) -> None:
        self.world = ready()
        self.staff = Staff(self.world)
        of_asking.furnish(self.staff)
        recall_calls.furnish(self.staff)
        sharing_calls.furnish(self.staff)
        retention_calls.kept(self.staff)
        there = ArchiveImport(
            HERE["import_id"], "Fairs", 1, ImportTerms(), EVERY_ROLE.user_id, NOON
        )
        self.staff.services.imports.begun[there.import_id] = there
        asking = Asking(self.world)
        self.subject = asking.subject
        # Answering a session's form uses nothing up, so the same can be asked again.
        self.tokens = dict.fromkeys(FORMS, asking.at_session())
        self.token = asking.own_page()
        self.tokens["answer_recall"] = asking.subject.link(
            EDITOR, purpose=LinkPurpose.RECALL, about=recall_calls.HERE["recall_id"]
        )
        shared = asking.subject.link(
            sharing_calls.RECIPIENT,
            purpose=LinkPurpose.SHARE,
            about=sharing_calls.HERE["share_id"],
        )
        self.tokens |= dict.fromkeys(sharing_calls.SHARED, shared)
        self.subject.services.exports = self.staff.services.exports
        self.tokens["own_export"] = asking.subject.link(
            ANN, purpose=LinkPurpose.EXPORT, about=of_asking.EXPORT.export_id
        )
        self.accounts = FakeUsers()
        self.accounts.add("a@example.org", derived_id("whole", "invitation"))
        self.claims, self.audit = self.staff.services.claims, self.world.audit
        self.now, self.new_id = self.world.now, self.staff.services.new_id
        self._users = build_users(self, logger("user_api"))
        self.library, self.register = self.world.library, self.world.register
        self.bases, self.collections = self.world.bases, self.staff.services.collections
        self.index = FakeIndex(self.library, self.collections, self.now)
        self.searches = FakeSearches()
        kept = SavedSearch(HERE["search_id"], "Fairs", {"q": "fair"}, self.now())
        self.searches.save(EVERY_ROLE.user_id, kept)
        self._search = build_search(self, logger("search_library"))
        members = {EDITOR: Role.EDITOR}
        fair = Collection(COLLECTION, "Fair", False, members, revision=1)
        self.staff.services.collections.collections[COLLECTION] = fair

    def api(self, path: str) -> Api:
        """The function that API Gateway would ask."""
        if path.startswith(("/subject", "/check", "/embed")):
            return self.subject.api
        if path.startswith(("/v1/search", "/v1/saved-searches")):
            return self._search
        return self._users if path.startswith("/v1/users") else self.staff.api

    def ask(self, asked: Asked, user: User | None = EVERY_ROLE, **changed: Any) -> Answer:
        """A well-formed request, less what `changed` says otherwise; None leaves out."""
        headers = {
            "Idempotency-Key": "0123456789abcdef",
            "If-Match": self._tag(asked.path),
            "Authorization": f"Link {self.tokens.get(asked.name, self.token)}",
            **changed.pop("headers", {}),
        }
        sent = {
            "body": BODIES.get(asked.name),
            "query": {**QUERIES.get(asked.name, {}), **changed.pop("query", {})},
            "method": asked.method,
            **changed,
        }
        place = {**HERE, **sent.pop("place", {})}
        path = sent.pop("path", re.sub(r"{(\w+)}", lambda m: place[m[1]], asked.path))
        kept = {name: value for name, value in headers.items() if value is not None}
        return call(
            self.api(path), sent.pop("method"), path, user=user, headers=kept, **sent
        )

    def _tag(self, path: str) -> str:
        if "{asset_id}" in path:
            return etag(self.world.record().revision)
        first = "{collection_id}" in path or "{wording_id}" in path
        return etag(1) if first else etag(0)

"""Whoever adds an act or a kind of item says what a restore makes of it.

What is nowhere here fails: a new act may take something back, of which a backup knows
nothing, and a new kind may be one whose absence was somebody's wish.
"""

import re
from pathlib import Path
from typing import Final

from beeldrecht.domain.store_items import ITEMS
from beeldrecht.domain.stores import Store
from cli.replaying import HARMLESS_TO_A_PICTURE, NARROWING
from cli.restoring import NOT_BACK, STORES

ROOT = Path(__file__).parents[3]
TAGS = frozenset(
    re.findall(
        r"`([a-z]+:[a-z]+:[a-z]+)`",
        "".join(
            line
            for line in (ROOT / "docs/lifecycle.md").read_text().splitlines()
            if line.startswith("|")
        ),
    )
)

NARROWS_NOTHING: Final = {
    "it adds to what is allowed, or asks for it": {
        *("api:consent:ask", "api:consent:cancel", "api:consent:enter"),
        *("api:consent:remind", "api:consent:renew", "api:consent:sign"),
        *("api:basis:record", "api:rights:extend", "api:rights:identify"),
    },
    "it is about a picture, whose releases end with every entry about it": {
        *("api:basis:end", "api:collection:asset"),
        *("api:metadata:change", "api:metadata:undo"),
        *("clearance:appearance:confirm", "clearance:appearance:reject"),
        *("clearance:asset:decide", "clearance:asset:release", "clearance:face:mark"),
        *("intake:asset:receive", "intake:asset:reject"),
        *("recognition:faces:detect", "recognition:people:relook"),
        *("recognition:people:suggest", "clearance:file:declare"),
        "clearance:version:restore",
        *("recognition:file:pass", "recognition:film:open"),
    },
    "it lifts a freeze, and a backup that still has it is the stricter one": {
        "api:asset:unrestrict"
    },
    "the ledger is replayed, which knows every erasure that began": {
        *("api:erasure:begin", "api:erasure:cancel", "api:erasure:confirm"),
        *("api:erasure:plan", "rights:erasure:begin", "rights:erasure:certify"),
        *("rights:erasure:plan", "rights:erasure:verify", "rights:keys:destroy"),
        *("rights:person:tell", "rights:picture:delete", "rights:picture:mask"),
        *("rights:register:erase", "rights:text:redact", "rights:erasure:reopen"),
        "api:erasure:texts",
    },
    "somebody read something, or was given a copy of it": {
        *("api:audit:export", "api:audit:search", "api:breach:read"),
        *("api:certificate:read", "api:consent:read", "api:document:read"),
        *("api:export:fetch", "api:export:look", "api:export:tell"),
        *("api:person:list", "api:person:read", "api:recall:acknowledge"),
        "api:proof:read",
        *("api:package:create", "api:package:drop", "api:package:fetch"),
        *("api:recall:read", "api:request:read", "api:rights:export"),
        *("api:subject:read", "api:user:list", "rights:export:pack"),
        "rights:picture:export",
    },
    "what ends by its date is judged by its date in a backup too": {
        *("retention:asset:expire", "retention:chain:begin"),
        *("retention:contact:expire", "retention:disclosure:expire"),
        *("retention:face:expire", "retention:mail:expire", "retention:proof:expire"),
        *("retention:request:expire", "retention:template:expire"),
        "retention:share:expire",
        *("retention:run:apply", "retention:run:preview", "retention:run:stop"),
    },
    "a share does not come back, and every look at one is decided anew": {
        *("api:share:create", "api:share:recipient", "api:share:revoke"),
    },
    "templates lie in a table that has no backups": {
        *("recognition:rotation:finish", "recognition:rotation:renew"),
    },
    "it is about the house and its staff, and about nobody's consent": {
        *("api:publication:create", "api:publication:end"),
        *("api:breach:create", "api:breach:note", "rights:breach:assess"),
        *("api:collection:change", "api:collection:create", "api:collection:member"),
        *("api:contact:change", "api:link:create", "api:link:revoke"),
        *("api:person:create", "recognition:person:enrol"),
        *("api:proposal:approve", "api:proposal:propose", "api:proposal:reject"),
        *("api:recognition:switch", "rights:recognition:lapse"),
        *("api:record:revoke", "api:record:sign", "api:record:write"),
        *("api:retention:confirm", "api:retention:drop", "api:retention:pause"),
        *("api:retention:propose", "api:retention:resume"),
        *("api:import:begin", "api:import:stop"),
        *(
            "api:session:attest",
            "api:session:change",
            "api:session:create",
            "api:session:link",
            "api:session:reopen",
            "api:session:revoke",
        ),
        *("api:user:create", "api:user:disable", "api:user:enable", "api:user:roles"),
        *("api:wording:create", "api:wording:take"),
    },
}
COMES_BACK: Final = {
    Store.LIBRARY: {
        *("appearance", "asset", "asset_term", "band", "basis", "basis_end"),
        *("publication", "publication_shown"),
        *("breach", "breach_event", "breach_page", "collected", "collection"),
        "disclosure",
        *("face", "film", "film_frames"),
        *("governance", "governance_revocation", "governance_signature"),
        *("import", "import_count", "imported_file"),
        *("governance_version", "metadata_edit", "recall", "recognition"),
        *("retention", "retention_run", "roster", "saved_search", "search_base"),
        *("search_change", "search_purge", "session", "erased_mark", "versions"),
    },
    Store.CONSENT: {
        *("contact", "document", "enrolment", "erasure", "erasure_of"),
        *("erasure_picture", "erasure_plan", "erasure_proof", "erasure_receipt"),
        "erasure_text",
        *("evidence", "export"),
        *("export_of", "grant", "lift", "link", "person", "picture_erasure"),
        *("quitclaim", "request", "request_of", "restriction", "subject_request"),
        *("subject_request_of", "withdrawal", "wording", "wording_version"),
        "erased_mark",
    },
}
"""Where the live table has none like it; `erased_mark` by the replay itself."""


def test_of_every_act_it_is_said_whether_a_backup_may_not_know_of_it() -> None:
    said = [NARROWING, *NARROWS_NOTHING.values()]
    harmless = {tag for tag in TAGS if tag.partition(":")[0] in HARMLESS_TO_A_PICTURE}
    assert set().union(*said) == TAGS - harmless
    assert sum(map(len, said)) == len(TAGS - harmless), "said twice"


def test_of_every_kind_of_item_it_is_said_whether_it_comes_back() -> None:
    for store in STORES.values():
        kinds = {entry.what for entry in ITEMS if entry.store is store}
        assert COMES_BACK[store] == kinds - NOT_BACK.keys()

"""One good request for each route of the staff's APIs, about what an estate has.

Each entry of `ASKED` also says which operations, on which scene, the description of the
roles has to allow for it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Role, Scene, User
from beeldrecht.domain.imports import ArchiveImport, ImportTerms, import_id_of
from tests.fakes.access_oracle import allowed
from tests.fakes.calls import Asker, Call, Make
from tests.fakes.estate import NEVER_MADE, SOMEBODY_ELSE, State, collection_id
from tests.fakes.samples import ANN, ASSESSMENT, NOON

DPIA = {"assessment_id": ASSESSMENT.assessment_id}

IMPORT = "An archive"
"""The name of the import that everybody in an estate began."""

ASKED: dict[tuple[str, str], Make] = {}


def asked(method: str, path: str) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        ASKED[method, path] = make
        return make

    return add


def about_picture(
    asker: Asker, user: User, operation: Op, end: str, *states: State, **more: Any
) -> Call:
    """A call about one picture."""
    picture = asker.picture(user, *states)
    scene = asker.estate.scene(picture)
    method = more.pop("method", "GET")
    asks = more.pop("asks", ((operation, scene),))
    return Call(
        method,
        f"/v1/assets/{picture.asset_id}{end}",
        asks,
        absent=f"/v1/assets/{NEVER_MADE}{end}",
        picture=picture,
        seen=scene,
        **more,
    )


def plain(method: str, path: str, operation: Op | None, body: Any = None) -> None:
    """A route about nothing in particular."""

    @asked(method, path)
    def make(asker: Asker, user: User) -> Call:
        asks = ((operation, None),) if operation else ()
        return Call(method, path, asks, body=body, headers=asker.key(), seen=Scene())


plain("GET", "/v1/me", None)
plain("GET", "/v1/assets", Op.ASSET_LIST)
plain("GET", "/v1/collections", Op.COLLECTION_LIST)
plain(
    "POST",
    "/v1/collections",
    Op.COLLECTION_CREATE,
    {"title": "New", "restricted": True},
)
plain("GET", "/v1/people", Op.PERSON_LIST)
plain("POST", "/v1/people", Op.PERSON_CREATE, {"name": "Piet de Boer"})
plain("GET", "/v1/recognition", Op.RECOGNITION_READ)
plain("GET", "/v1/users", Op.USER_LIST)
plain(
    "POST",
    "/v1/users",
    Op.USER_CREATE,
    {"email": "new@example.org", "roles": ["viewer"]},
)
plain("POST", "/v1/imports", Op.ASSET_UPLOAD, {"name": "Fairs of 2009", "count": 2})
plain(
    "POST",
    "/v1/uploads",
    Op.ASSET_UPLOAD,
    {
        "file_name": "x.jpg",
        "media_type": "image/jpeg",
        "size": 1000,
        "sha256": "a" * 64,
    },
)


# -- pictures ---------------------------------------------------------------------------


@asked("GET", "/v1/assets/<asset_id>")
def read(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.ASSET_READ, "")


@asked("GET", "/v1/assets/<asset_id>/renditions/<name>")
def view(asker: Asker, user: User) -> Call:
    states = set(State) - {State.EXPECTED, State.REJECTED}
    end = "/renditions/preview"
    return about_picture(asker, user, Op.ASSET_VIEW, end, *sorted(states))


@asked("POST", "/v1/assets/<asset_id>/downloads")
def download(asker: Asker, user: User) -> Call:
    """A picture that does not leave is refused as such to whoever may know of it."""
    call = about_picture(
        asker,
        user,
        Op.ASSET_DOWNLOAD,
        "/downloads",
        method="POST",
        body={"channel": asker.random.choice(["website", "print"])},
    )
    assert call.seen is not None
    leaves = replace(call.seen, leaves=True)
    asks = ((Op.ASSET_READ, call.seen), (Op.ASSET_DOWNLOAD, leaves))
    return replace(call, asks=asks, may_miss=True)


@asked("POST", "/v1/assets/<asset_id>/release")
def release(asker: Asker, user: User) -> Call:
    call = about_picture(
        asker, user, Op.ASSET_RELEASE, "/release", method="POST", body={}
    )
    assert call.picture is not None
    return replace(call, headers=asker.tag(asker.estate.revision(call.picture)))


@asked("GET", "/v1/assets/<asset_id>/masked")
def see_masked(asker: Asker, user: User) -> Call:
    channel = asker.random.choice(["website", "print", "press"])
    states = sorted(set(State) - {State.EXPECTED, State.REJECTED})
    query = {"channel": channel}
    return about_picture(asker, user, Op.ASSET_RELEASE, "/masked", *states, query=query)


@asked("PUT", "/v1/assets/<asset_id>/faces/<face_id>/mark")
def mark(asker: Asker, user: User) -> Call:
    picture = asker.picture(user)
    face = asker.estate.face(picture)
    scene = asker.estate.scene(picture)
    end = f"/faces/{face}/mark"
    return Call(
        "PUT",
        f"/v1/assets/{picture.asset_id}{end}",
        ((Op.APPEARANCE_MARK, scene),),
        body={"mark": asker.random.choice(["mask", "not_recognisable", "unmarked"])},
        headers=asker.tag(asker.estate.revision(picture)),
        absent=f"/v1/assets/{NEVER_MADE}{end}",
        picture=picture,
        seen=scene,
        may_miss=face == NEVER_MADE,
    )


@asked("PUT", "/v1/assets/<asset_id>/declaration")
def declare(asker: Asker, user: User) -> Call:
    call = about_picture(
        asker,
        user,
        Op.APPEARANCE_CONFIRM,
        "/declaration",
        method="PUT",
        body={"people": []},
    )
    assert call.picture is not None
    return replace(call, headers=asker.tag(asker.estate.revision(call.picture)))


@asked("GET", "/v1/assets/<asset_id>/film")
def film(asker: Asker, user: User) -> Call:
    # Most pictures are no film, and say so to whoever may look.
    return replace(about_picture(asker, user, Op.ASSET_READ, "/film"), may_miss=True)


@asked("GET", "/v1/assets/<asset_id>/versions")
def versions(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.ASSET_READ, "/versions")


@asked("POST", "/v1/assets/<asset_id>/restore")
def restore(asker: Asker, user: User) -> Call:
    call = about_picture(asker, user, Op.ASSET_RELEASE, "/restore", method="POST")
    assert call.picture is not None
    return replace(call, headers=asker.tag(asker.estate.revision(call.picture)))


@asked("POST", "/v1/assets/<asset_id>/retry")
def retry(asker: Asker, user: User) -> Call:
    return about_picture(asker, user, Op.ASSET_RETRY, "/retry", method="POST")


@asked("PUT", "/v1/assets/<asset_id>/faces/<face_id>/people/<person_id>")
def say_who(asker: Asker, user: User) -> Call:
    answer = asker.random.choice(["confirm", "confirm", "reject"])
    picture = asker.picture(user)
    face = asker.estate.face(picture)
    scene = asker.estate.scene(picture)
    end = f"/faces/{face}/people/{ANN}"
    what = {"asset_id": picture.asset_id, "face_id": face, "person_id": ANN}
    knows = allowed(user, Op.SUGGESTION_SEE, NOON, scene)
    suggested = picture.state is State.SUGGESTED and answer == "confirm" and knows
    others = suggested and asker.random.random() < 0.4
    if suggested and asker.random.random() < 0.7:
        by = SOMEBODY_ELSE if others else user.user_id
        how = "open" if others else asker.random.choice(["open", "lapsed", "approved"])
        asker.estate.wait(Op.SUGGESTION_CONFIRM, what, how, by)
    waiting = asker.estate.staff.services.proposals.proposals.values()
    seconded = any(p.proposed_by == SOMEBODY_ELSE for p in waiting)
    confirms = ((Op.SUGGESTION_CONFIRM, scene),) if suggested else ()
    return Call(
        "PUT",
        f"/v1/assets/{picture.asset_id}{end}",
        ((Op.APPEARANCE_CONFIRM, scene), *confirms),
        body={"answer": answer},
        headers=asker.tag(asker.estate.revision(picture)),
        absent=f"/v1/assets/{NEVER_MADE}{end}",
        picture=picture,
        seen=scene,
        may_miss=face == NEVER_MADE,
        alone=not suggested or seconded,
    )


@asked("GET", "/v1/uploads/<asset_id>")
def resume(asker: Asker, user: User) -> Call:
    return about_upload(asker, user, "GET", "")


@asked("POST", "/v1/uploads/<asset_id>/complete")
def complete(asker: Asker, user: User) -> Call:
    body = {"upload_id": "u", "parts": [{"number": 1, "etag": '"x"'}]}
    return about_upload(asker, user, "POST", "/complete", body)


@asked("DELETE", "/v1/uploads/<asset_id>/parts/<upload_id>")
def abort(asker: Asker, user: User) -> Call:
    return about_upload(asker, user, "DELETE", "/parts/u")


def about_upload(
    asker: Asker, user: User, method: str, end: str, body: Any = None
) -> Call:
    """What is sent is for whoever announced it, and for nobody else."""
    picture = asker.picture(user)
    row = asker.estate.staff.world.library.rows[picture.asset_id]
    return Call(
        method,
        f"/v1/uploads/{picture.asset_id}{end}",
        ((Op.ASSET_UPLOAD, None),),
        body=body,
        absent=f"/v1/uploads/{NEVER_MADE}{end}",
        also=row.record.announcement.uploader_id == user.user_id,
        may_miss=True,
    )


IMPORTED = {
    "path": "2009/fair.jpg",
    "file_name": "fair.jpg",
    "media_type": "image/jpeg",
    "size": 1000,
    "sha256": "b" * 64,
}


def about_import(
    asker: Asker, user: User, method: str, end: str, body: Any = None
) -> Call:
    """An import is for whoever began it, and for nobody else."""
    owner = user.user_id if asker.random.random() < 0.5 else SOMEBODY_ELSE
    there = ArchiveImport(
        import_id_of(owner, IMPORT), IMPORT, 1, ImportTerms(), owner, NOON
    )
    asker.estate.staff.services.imports.begun[there.import_id] = there
    return Call(
        method,
        f"/v1/imports/{there.import_id}{end}",
        ((Op.ASSET_UPLOAD, None),),
        body=body,
        absent=f"/v1/imports/{NEVER_MADE}{end}",
        also=owner == user.user_id,
    )


plain("GET", "/v1/imports", Op.ASSET_UPLOAD)


@asked("GET", "/v1/imports/<import_id>")
def read_import(asker: Asker, user: User) -> Call:
    return about_import(asker, user, "GET", "")


@asked("GET", "/v1/imports/<import_id>/files")
def list_imported(asker: Asker, user: User) -> Call:
    return about_import(asker, user, "GET", "/files")


@asked("POST", "/v1/imports/<import_id>/files")
def import_files(asker: Asker, user: User) -> Call:
    return about_import(asker, user, "POST", "/files", {"files": [IMPORTED]})


@asked("DELETE", "/v1/imports/<import_id>")
def stop_import(asker: Asker, user: User) -> Call:
    return about_import(asker, user, "DELETE", "")


# -- people -----------------------------------------------------------------------------


@asked("GET", "/v1/people/<person_id>")
def read_person(asker: Asker, user: User) -> Call:
    return about_person("GET", "", Op.PERSON_READ)


@asked("POST", "/v1/people/<person_id>/links")
def make_link(asker: Asker, user: User) -> Call:
    return about_person("POST", "/links", Op.LINK_CREATE, {"purpose": "own_page"})


@asked("DELETE", "/v1/people/<person_id>/links/<link_id>")
def take_link(asker: Asker, user: User) -> Call:
    call = about_person("DELETE", f"/links/{NEVER_MADE}", Op.LINK_CREATE)
    return replace(call, may_miss=True)


@asked("POST", "/v1/people/<person_id>/enrolment")
def enrol(asker: Asker, user: User) -> Call:
    picture = asker.picture(user)
    face = asker.estate.face(picture)
    body = {"photos": [{"asset_id": picture.asset_id, "face_id": face}]}
    scene = asker.estate.scene(picture)
    call = about_person("POST", "/enrolment", Op.PERSON_ENROL, body)
    return replace(call, asks=(*call.asks, (Op.ASSET_VIEW, scene)))


def about_person(method: str, end: str, operation: Op, body: Any = None) -> Call:
    return Call(
        method,
        f"/v1/people/{ANN}{end}",
        ((operation, None),),
        body=body,
        absent=f"/v1/people/{NEVER_MADE}{end}",
        seen=Scene(),
    )


# -- collections ------------------------------------------------------------------------


def about_collection(
    asker: Asker, method: str, end: str, operation: Op, body: Any = None
) -> Call:
    name = asker.random.choice(["open", "a", "b"])
    collection = asker.estate.collection(name)
    scene = Scene(collections=(collection,))
    return Call(
        method,
        f"/v1/collections/{collection_id(name)}{end}",
        ((operation, scene),),
        body=body,
        headers=asker.tag(collection.revision) if method != "GET" else {},
        absent=f"/v1/collections/{NEVER_MADE}{end}",
        seen=scene,
    )


@asked("GET", "/v1/collections/<collection_id>")
def read_collection(asker: Asker, user: User) -> Call:
    return about_collection(asker, "GET", "", Op.COLLECTION_READ)


@asked("PUT", "/v1/collections/<collection_id>")
def change_collection(asker: Asker, user: User) -> Call:
    order = {"title": "Other", "restricted": asker.random.random() < 0.5}
    return about_collection(asker, "PUT", "", Op.COLLECTION_CHANGE, order)


@asked("PUT", "/v1/collections/<collection_id>/members/<user_id>")
def put_member(asker: Asker, user: User) -> Call:
    who = asker.random.choice([user, asker.any_user()]).user_id
    body = {"role": asker.random.choice(list(Role)).value}
    return about_collection(asker, "PUT", f"/members/{who}", Op.COLLECTION_CHANGE, body)


@asked("DELETE", "/v1/collections/<collection_id>/members/<user_id>")
def take_member(asker: Asker, user: User) -> Call:
    who = asker.random.choice([user, asker.any_user()]).user_id
    return about_collection(asker, "DELETE", f"/members/{who}", Op.COLLECTION_CHANGE)


@asked("PUT", "/v1/collections/<collection_id>/assets/<asset_id>")
def put_asset(asker: Asker, user: User) -> Call:
    return moved(asker, user, "PUT")


@asked("DELETE", "/v1/collections/<collection_id>/assets/<asset_id>")
def take_asset(asker: Asker, user: User) -> Call:
    return moved(asker, user, "DELETE")


def moved(asker: Asker, user: User, method: str) -> Call:
    """Whoever moves a picture may fill all it is in, and what it goes into."""
    picture = asker.picture(user)
    call = about_collection(
        asker, method, f"/assets/{picture.asset_id}", Op.COLLECTION_FILL
    )
    assert call.seen is not None
    scene = asker.estate.scene(picture, *call.seen.collections)
    missing = asker.random.choice([call.absent, f"{call.path[:-32]}{NEVER_MADE}"])
    return replace(
        call,
        asks=((Op.COLLECTION_FILL, scene),),
        headers=asker.tag(asker.estate.revision(picture)),
        absent=missing,
        seen=None,
    )


# -- two people -------------------------------------------------------------------------


@asked("GET", "/v1/proposals")
def list_proposals(asker: Asker, user: User) -> Call:
    picture = asker.picture(user, State.SUGGESTED)
    face = asker.estate.face(picture)
    what = {"asset_id": picture.asset_id, "face_id": face, "person_id": ANN}
    asker.estate.wait(Op.SUGGESTION_CONFIRM, what, "open", SOMEBODY_ELSE)
    asks = ((Op.PROPOSAL_LIST, None),)
    return Call("GET", "/v1/proposals", asks, picture=picture)


@asked("POST", "/v1/proposals/<proposal_id>/approve")
def approve(asker: Asker, user: User) -> Call:
    return settled(asker, user, "approve")


@asked("POST", "/v1/proposals/<proposal_id>/reject")
def turn_down(asker: Asker, user: User) -> Call:
    return settled(asker, user, "reject")


def settled(asker: Asker, user: User, how: str) -> Call:
    """What waits is for those who could do it by themselves."""
    by = asker.random.choice([user.user_id, SOMEBODY_ELSE, SOMEBODY_ELSE])
    if asker.random.random() < 0.5:
        picture = asker.picture(user, State.SUGGESTED)
        face = asker.estate.face(picture)
        what = {"asset_id": picture.asset_id, "face_id": face, "person_id": ANN}
        operation, scene = Op.SUGGESTION_CONFIRM, asker.estate.scene(picture)
    else:
        picture, scene = None, Scene()
        operation, what = Op.RECOGNITION_SWITCH, {"mode": "enrolled", **DPIA}
    done = by != user.user_id and asker.random.random() < 0.2
    waits = "done" if done else asker.how_waiting()
    waiting = asker.estate.wait(operation, what, waits, by, user.user_id)
    return Call(
        "POST",
        f"/v1/proposals/{waiting}/{how}",
        ((Op.PROPOSAL_SETTLE, scene), (operation, scene)),
        absent=f"/v1/proposals/{NEVER_MADE}/{how}",
        picture=picture,
        # What was done is not done again by one of the two.
        alone=by != user.user_id and not done,
        at_any_age=how == "reject",
    )


@asked("PUT", "/v1/recognition")
def switch(asker: Asker, user: User) -> Call:
    mode = asker.random.choice(["off", "detect", "closed_session", "enrolled"])
    beyond = mode in {"closed_session", "enrolled"}
    order: dict[str, Any] = {"mode": mode} | (DPIA if beyond else {})
    if beyond and asker.random.random() < 0.3:
        by = asker.random.choice([user.user_id, SOMEBODY_ELSE])
        what = {"mode": mode, **DPIA}
        asker.estate.wait(Op.RECOGNITION_SWITCH, what, asker.how_waiting(), by)
    waiting = asker.estate.staff.services.proposals.proposals.values()
    seconded = any(p.proposed_by == SOMEBODY_ELSE for p in waiting)
    revision = asker.estate.staff.world.library.recognition().revision
    return Call(
        "PUT",
        "/v1/recognition",
        ((Op.RECOGNITION_SWITCH, None),),
        body=order,
        headers=asker.tag(revision),
        alone=not beyond or seconded,
        seen=Scene(),
    )


# -- users and the audit log ------------------------------------------------------------


def about_user(asker: Asker, method: str, end: str, body: Any = None) -> Call:
    return Call(
        method,
        f"/v1/users/{asker.estate.account_id}{end}",
        ((Op.USER_CHANGE, None),),
        body=body,
        absent=f"/v1/users/{NEVER_MADE}{end}",
    )


@asked("PUT", "/v1/users/<user_id>/roles")
def appoint(asker: Asker, user: User) -> Call:
    return about_user(asker, "PUT", "/roles", {"roles": ["administrator"]})


@asked("POST", "/v1/users/<user_id>/disable")
def disable(asker: Asker, user: User) -> Call:
    return about_user(asker, "POST", "/disable")


@asked("POST", "/v1/users/<user_id>/enable")
def enable(asker: Asker, user: User) -> Call:
    return about_user(asker, "POST", "/enable")


@asked("GET", "/v1/audit")
def search_audit(asker: Asker, user: User) -> Call:
    query = {"subject": asker.picture(user).asset_id}
    return Call("GET", "/v1/audit", ((Op.AUDIT_SEARCH, None),), query=query)


@asked("GET", "/v1/audit/export")
def export_audit(asker: Asker, user: User) -> Call:
    query = {"subject": asker.picture(user).asset_id}
    return Call("GET", "/v1/audit/export", ((Op.AUDIT_EXPORT, None),), query=query)

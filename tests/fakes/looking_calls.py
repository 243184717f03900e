"""One good request for each route of looking for pictures and ahead, beside the others.

Searching, the searches that somebody keeps, what goes dark, and where collections stand.
"""

from dataclasses import replace

from beeldrecht.domain.access import Operation as Op
from beeldrecht.domain.access import Scene, User
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.search import SavedSearch
from tests.fakes.call_kinds import ASKED, about_collection, asked, plain
from tests.fakes.calls import Asker, Call
from tests.fakes.estate import NEVER_MADE, SOMEBODY_ELSE, collection_id
from tests.fakes.samples import NOON

__all__ = ["ASKED"]

MONTH = {"month": "2026-12-01", "channel": "website"}
SAVED = {"title": "Fairs", "asked": {"q": "fair"}}

plain("GET", "/v1/forecast", Op.ASSET_LIST)
plain("GET", "/v1/saved-searches", Op.ASSET_LIST)
plain("POST", "/v1/saved-searches", Op.ASSET_LIST, SAVED)


@asked("GET", "/v1/forecast/pictures")
def _dark(asker: Asker, user: User) -> Call:
    asks = ((Op.ASSET_LIST, None),)
    return Call("GET", "/v1/forecast/pictures", asks, query=MONTH, seen=Scene())


@asked("GET", "/v1/search")
def _search(asker: Asker, user: User) -> Call:
    """Everything that they may find; who looks for a person may know of people."""
    query = {"limit": "100"}
    asker.picture(user)
    if asker.random.random() < 0.3:
        query["person"] = NEVER_MADE
        asks = ((Op.ASSET_LIST, None), (Op.PERSON_LIST, None))
        return Call("GET", "/v1/search", asks, query=query)
    return Call("GET", "/v1/search", ((Op.ASSET_LIST, None),), query=query)


@asked("DELETE", "/v1/saved-searches/<search_id>")
def _drop(asker: Asker, user: User) -> Call:
    """A search is for whoever keeps it, and for nobody else."""
    owner = user.user_id if asker.random.random() < 0.5 else SOMEBODY_ELSE
    kept = SavedSearch(derived_id("estate", "search", owner), "Fairs", {}, NOON)
    asker.estate.searches.kept.clear()
    asker.estate.searches.save(owner, kept)
    return Call(
        "DELETE",
        f"/v1/saved-searches/{kept.search_id}",
        ((Op.ASSET_LIST, None),),
        absent=f"/v1/saved-searches/{NEVER_MADE}",
        also=owner == user.user_id,
    )


@asked("PUT", "/v1/collections/<collection_id>/parent")
def _place(asker: Asker, user: User) -> Call:
    """Whoever puts one into another may change both."""
    call = about_collection(asker, "PUT", "/parent", Op.COLLECTION_CHANGE)
    name = asker.random.choice([None, "open", "a", "b"])
    parent_id = collection_id(name) if name else None
    asks = call.asks
    if name:
        into = Scene(collections=(asker.estate.collection(name),))
        asks = (*asks, (Op.COLLECTION_CHANGE, into))
    return replace(call, asks=asks, body={"parent_id": parent_id})


@asked("GET", "/v1/collections/<collection_id>/assets")
def _collected(asker: Asker, user: User) -> Call:
    return about_collection(asker, "GET", "/assets", Op.COLLECTION_READ)

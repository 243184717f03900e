"""How things are called in the index, for whoever only says that they changed."""


def collection_key(collection_id: str) -> str:
    """The key of a collection: never that of a picture."""
    return f"collection {collection_id}"


def session_key(session_id: str) -> str:
    """How a change of a session is told: of all the pictures that were taken there."""
    return f"session {session_id}"

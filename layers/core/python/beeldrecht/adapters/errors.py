"""What a store can refuse, in our words; nothing outside the adapters sees theirs."""


class StaleRevisionError(Exception):
    """Somebody else changed it since it was read: read again and decide again."""


class MissingAssetError(Exception):
    """There is no such asset on record."""


class MissingObjectError(Exception):
    """The store holds no such object or version."""


class KeyDestroyedError(Exception):
    """The key is gone, and so is what it sealed: that is how erasure reaches copies."""


class ActRefusedError(Exception):
    """A condition of the act did not hold: neither it nor its entry was written."""


class ChainBusyError(Exception):
    """Others kept adding to the audit chain: nothing was written; try again."""


class BusyError(Exception):
    """It cannot be done now, or was not done in time: the same again may succeed."""


class UnwiredTrailError(Exception):
    """An act came with its entry to a store that was given no trail: a fault of ours."""


class UnwiredSessionsError(Exception):
    """Somebody signs at a session, and the store has no rosters: a fault of ours."""


class UnwiredSealsError(Exception):
    """Something to be sealed came to a store that has no seals: a fault of ours."""


class UnmarkedError(Exception):
    """An erasure cannot be over: a table that can be restored does not show it yet."""


class UserExistsError(Exception):
    """The address belongs to somebody who has an account."""


class MissingUserError(Exception):
    """There is no such account."""


class UnknownPositionError(Exception):
    """A list does not know the place at which it was to go on."""

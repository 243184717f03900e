"""Writing an act, and the entry that says so, in one transaction."""

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry

from .audit import AuditTrail, Write
from .errors import ActRefusedError, UnwiredTrailError

_CANCELLED = "TransactionCanceledException"


class Acts:
    """What a repository writes with; one that was given no trail takes no entries."""

    def __init__(self, connection: Connection, trail: AuditTrail | None) -> None:
        self._connection = connection
        self._trail = trail

    def write(self, write: Write | None, entry: NewEntry | None) -> None:
        """Write what there is in one transaction; raises ActRefusedError."""
        if entry is not None:
            if self._trail is None:
                raise UnwiredTrailError(entry.tag)
            self._trail.record(entry, write)
        elif write is not None:
            try:
                with TransactWrite(connection=self._connection) as act:
                    write(act)
            except TransactWriteError as error:
                if error.cause_response_code == _CANCELLED:
                    raise ActRefusedError from error
                raise

"""Everything that ends in time, over one world: and what follows when it does."""

from datetime import datetime, timedelta

from beeldrecht.adapters.kept_items import KeptItem
from beeldrecht.adapters.plain_items import Table
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.erasure import Erasure
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import Kept
from beeldrecht.runtime.expiring import House
from rights.apply_retention.step import Keeping
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.checkpoints import FakeChains, FakeCheckpoints
from tests.fakes.documents import FakeDocuments
from tests.fakes.effects import Effects
from tests.fakes.retention import FakeRetained, FakeRetention, FakeRetentionRuns
from tests.fakes.world import World


class FakeBeginnings:
    """Erasures that began, each once."""

    def __init__(self, trail: FakeAuditTrail, effects: Effects) -> None:
        self._trail = trail
        self._effects = effects
        self.begun: dict[str, Erasure] = {}

    def start(self, erasure: Erasure, entry: NewEntry) -> bool:
        with self._effects.effect("erasures.start"):
            if erasure.erasure_id in self.begun:
                return False
            self.begun[erasure.erasure_id] = erasure
            self._trail.add(entry)
        return True


class Ending:
    """A house in which things end."""

    def __init__(
        self,
        world: World,
        *items: KeptItem,
        policy: RetentionPolicy | None = None,
    ) -> None:
        self.world = world
        self.retention = FakeRetention(policy, world.audit)
        self.runs = FakeRetentionRuns(self.retention, world.audit, world.effects)
        self.retained = FakeRetained(*items, effects=world.effects)
        self.erasures = FakeBeginnings(world.audit, world.effects)
        self.documents = FakeDocuments()
        self.house = House(
            library=world.library,
            erasures=self.erasures,
            documents=self.documents,
            retention=self.retention,
            clearance=world.clearance,
            audit=world.audit,
        )
        self.checkpoints = FakeCheckpoints(world.effects)
        self.chains = FakeChains(world.audit, self.checkpoints, world.effects)
        self.keeping = Keeping(self.runs, self.retained, self.house, self.chains)

    def dates(self) -> list[int | None]:
        """The dates of removal, in the order of the walk."""
        return [each.kept.expires_at for each in self.retained.items]


def mail_item(
    number: int, sent: datetime, expires_at: int | None = None, *, counts: bool = True
) -> KeptItem:
    """A mail to somebody."""
    return KeptItem(
        Kept(RetentionKind.MAILS, sent, expires_at),
        Table.CONSENT,
        f"MAIL#{derived_id('test', 'mail', str(number))}",
        "META",
        counts=counts,
        subject_id=derived_id("test", "somebody"),
    )


def mails(count: int, sent: datetime) -> list[KeptItem]:
    """So many mails, a second apart."""
    return [mail_item(n, sent + timedelta(seconds=n)) for n in range(count)]

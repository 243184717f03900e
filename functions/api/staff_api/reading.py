"""Whether somebody may read a picture in a list, at the least cost."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.access import Operation, Scene, User, may
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.facts import Pictures
from beeldrecht.runtime.ports import Clocked

from . import scenes


class Services(Clocked, scenes.Services, Protocol):
    """What asking takes."""

    @property
    def library(self) -> Pictures:
        """The pictures."""
        ...


class Reading:
    """Asks the policy for one caller, at one instant."""

    def __init__(self, services: Services, user: User, at: datetime) -> None:
        self._services = services
        self._user = user
        self._at = at

    def may_read(self, record: AssetRecord) -> bool:
        """Ask the policy; decide on the picture only where the answer hangs on that.

        What leaves has been released, and is listed so from that write on.
        """
        if record.over(self._at):
            return False
        scene = scenes.record_scene(self._services, record, leaves=False)
        if self._allowed(scene):
            return True
        if record.status is not AssetStatus.RELEASED:
            return False
        if not self._allowed(replace(scene, leaves=True)):
            return False
        found = self._services.library.picture(record.asset_id)
        if found is None:
            return False
        return self._allowed(scenes.picture_scene(self._services, found, self._at)[0])

    def _allowed(self, scene: Scene) -> bool:
        return may(self._user, Operation.ASSET_READ, self._at, scene) is None

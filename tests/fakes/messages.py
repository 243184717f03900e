"""Queues and the workflow in memory: what was handed on, in order."""

from beeldrecht.domain.ids import check_id
from tests.fakes.effects import Effects


class FakeAssetQueue:
    """The queue `detections`."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.sent: list[str] = []

    def send(self, asset_id: str) -> None:
        with self._effects.effect("detections.send"):
            self.sent.append(check_id(asset_id))


class FakeUploadQueue:
    """The queue `uploads`."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.sent: list[str] = []

    def send_upload(self, asset_id: str) -> None:
        with self._effects.effect("uploads.send"):
            self.sent.append(check_id(asset_id))


class FakeClearance:
    """The workflow: counts what it was asked to decide on."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.started: list[str] = []

    def start(self, asset_id: str) -> None:
        with self._effects.effect("clearance.start"):
            self.started.append(check_id(asset_id))

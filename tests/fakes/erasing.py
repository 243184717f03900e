"""An erasure that came so far, for the tests of its steps."""

from dataclasses import replace

from beeldrecht.domain.erasure import (
    Erasure,
    ErasureState,
    PictureOutcome,
    Plan,
    PlannedPicture,
    asset_erasure,
    person_erasure,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.runtime.erasing import ErasureEvent
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.erasures import FakeErasures
from tests.fakes.samples import ANN, EDITOR, NOON, PICTURE

FACE, OTHER = derived_id("test", "her face"), derived_id("test", "another face")


class Erasing:
    """One erasure of Ann, or of a picture, in a state."""

    def __init__(
        self,
        state: ErasureState,
        outcome: PictureOutcome = PictureOutcome.DELETE,
        *,
        keep_proof: bool = True,
        of_picture: bool = False,
        asset_id: str = PICTURE,
    ) -> None:
        self.trail = FakeAuditTrail()
        self.erasures = FakeErasures(self.trail)
        begun = (
            asset_erasure(asset_id, EDITOR, NOON)
            if of_picture
            else person_erasure(derived_id("test", "asks"), ANN, EDITOR, NOON)
        )
        confirmed = state not in {ErasureState.COLLECTING, ErasureState.PLANNED}
        self.erasure: Erasure = replace(
            begun, state=state, confirmed_at=NOON if confirmed else None
        )
        pictures = (PlannedPicture(PICTURE, outcome, (FACE,), 1, True),)
        plan = Plan({}, pictures, keep_proof, NOON)
        planned = state is not ErasureState.COLLECTING
        self.erasures.put(self.erasure, plan if planned else None)

    @property
    def event(self) -> ErasureEvent:
        return ErasureEvent(erasure_id=self.erasure.erasure_id)

    @property
    def state(self) -> ErasureState:
        return self.erasures.erasures[self.erasure.erasure_id].state

    def tags(self, subject: str = ANN) -> list[str]:
        return [each.tag for each in self.trail.entries(subject)]

"""The pictures of an erasure, a page at a time."""

import json
from pathlib import Path

from beeldrecht.domain.erasure import ErasureState, PictureOutcome, PlannedPicture
from beeldrecht.domain.ids import derived_id
from rights.list_pictures import step
from rights.list_pictures.step import PAGE, Event, Outcome, list_pictures
from tests.fakes.erasing import Erasing
from tests.fakes.samples import PICTURE

SAMPLE = Path(step.__file__).with_name("event.json")


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(json.loads(SAMPLE.read_text())).after is None


def test_every_picture_comes_once_and_the_last_page_says_so() -> None:
    here = Erasing(ErasureState.CONFIRMED)
    more = [derived_id("test", "picture", str(n)) for n in range(PAGE + 3)]
    for each in more:
        planned = PlannedPicture(each, PictureOutcome.DELETE)
        here.erasures.add_picture(here.erasure.erasure_id, planned)
    first = list_pictures(Event(erasure_id=here.erasure.erasure_id), here.erasures)
    assert (first.outcome, len(first.asset_ids)) == (Outcome.MORE, PAGE)
    event = Event(erasure_id=here.erasure.erasure_id, after=first.after)
    last = list_pictures(event, here.erasures)
    assert last.outcome is Outcome.ALL
    assert sorted((*first.asset_ids, *last.asset_ids)) == sorted((PICTURE, *more))

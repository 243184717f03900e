"""Nothing serves from a table that was restored and not cleaned since (R11)."""

from datetime import UTC, datetime
from http import HTTPMethod
from pathlib import Path

import pytest
from aws_lambda_powertools.event_handler import Response
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.ledger import Erased, RestoredTableError, serves
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import HOLDS_SECONDS, Serving
from cdk.constructs.function_model import Setting
from cdk.constructs.functions import FUNCTIONS, FunctionSpec
from tests.fakes.http import call
from tests.fakes.ledger import FakeLedger, FakeMarks
from tests.fakes.samples import ANN, NOON

ROOT = Path(__file__).parents[2]
NUMBERS = st.frozensets(st.integers(min_value=1, max_value=9))


class Told(Frozen):
    """What comes back."""

    word: str = "served"


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Tables:
    """A ledger beside two tables, and whoever serves from them."""

    def __init__(self) -> None:
        self.library, self.consent = FakeMarks(), FakeMarks()
        self.ledger = FakeLedger((self.library, self.consent))
        self.clock = Clock()

    def serving(self) -> Serving:
        """A process that just started."""
        return Serving(self.ledger, (self.library, self.consent), self.clock)

    def erase(self, name: str, *, done: bool = True) -> int:
        number = self.ledger.begin(Erased(derived_id(name), person_id=ANN), NOON)
        if done:
            self.ledger.mark(number, NOON)
            self.ledger.done(number, NOON)
        return number


@pytest.fixture
def tables() -> Tables:
    return Tables()


def test_r11_a_deployment_that_erased_nobody_serves(tables: Tables) -> None:
    tables.serving().check()


def test_r11_a_table_that_shows_every_erasure_serves(tables: Tables) -> None:
    tables.erase("first")
    tables.erase("second")
    tables.serving().check()


@pytest.mark.parametrize("restored", ["library", "consent"])
@pytest.mark.parametrize("lost", [{1}, {2}, {1, 2}])
def test_r11_a_table_that_lacks_one_erasure_does_not_serve(
    tables: Tables, restored: str, lost: set[int]
) -> None:
    tables.erase("first")
    tables.erase("second")
    marks: FakeMarks = getattr(tables, restored)
    for number in lost:
        del marks.put_at[number]
    with pytest.raises(RestoredTableError):
        tables.serving().check()


def test_an_erasure_that_is_under_way_stops_nobody(tables: Tables) -> None:
    tables.erase("first")
    tables.erase("second", done=False)
    tables.serving().check()


def test_a_ledger_that_is_older_than_the_tables_lets_nobody_serve(
    tables: Tables,
) -> None:
    tables.erase("first")
    tables.library.put(2, NOON)
    with pytest.raises(RestoredTableError):
        tables.serving().check()


def test_a_yes_holds_for_minutes_and_a_no_for_no_time(tables: Tables) -> None:
    serving = tables.serving()
    tables.erase("first")
    serving.check()
    lost = tables.consent.put_at.pop(1)
    tables.clock.seconds = HOLDS_SECONDS - 1
    serving.check()
    tables.clock.seconds = HOLDS_SECONDS
    for _ in range(2):
        with pytest.raises(RestoredTableError):
            serving.check()
    tables.consent.put(1, lost)
    serving.check()


@given(st.integers(min_value=0, max_value=9), NUMBERS, NUMBERS)
def test_what_serves_shows_all_that_is_over_and_nothing_unknown(
    last: int, done: frozenset[int], marked: frozenset[int]
) -> None:
    known = set(range(1, last + 1))
    assert serves(last, done, marked) == (done <= marked <= known)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_api_answers_503_with_one_sentence_and_runs_no_route(
    tables: Tables, language: str
) -> None:
    ran: list[str] = []
    api = Api(logger("test"), lambda: datetime.now(UTC), tables.serving().check)

    @api.open_route(HTTPMethod.POST, "/subject/page")
    def page() -> Response[Told]:
        ran.append("page")
        return reply(Told())

    tables.erase("first")
    tables.library.put_at.clear()
    refused = call(api, "POST", "/subject/page", headers={"accept-language": language})
    assert (refused.status, refused.json["code"]) == (503, "restored_table")
    assert ran == []
    tables.ledger.mark(1, NOON)
    assert call(api, "POST", "/subject/page").json == {"word": "served"}


LEAVING = {Setting.RENDITIONS_BUCKET, Setting.EXPORTS_BUCKET, Setting.DOCUMENTS_BUCKET}
"""What somebody can be given something from."""
NOT_SERVING = {
    "DetectFaces": "looks for faces, and shows nobody anything",
    "ApplyRetention": "takes away what is past its term, wherever it lies",
    "FollowExpiry": "takes away what hangs on something that expired",
    "PackExport": "packs what the two functions before it made, which ask",
    "ReceiveUpload": "takes a picture in; nothing leaves by it",
    "ReconcileUploads": "pushes on what came in; nothing leaves by it",
    "SuggestPeople": "suggests to who clears a picture; they see it through the API",
    "RelookPictures": "proposes to who clears pictures; they see it through the API",
    "EnrolPerson": "answers the API alone, which asked first",
    "MaskAsset": "answers the API alone, which asked first",
    "RenderAsset": "answers the API alone, which asked first",
    "ServeSite": "knows addresses of buckets, and reads no table",
}


def _lets_out(spec: FunctionSpec) -> bool:
    reads = {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE} & spec.settings
    erases = spec.folder.startswith(("erase", "collect", "verify", "certify", "destroy"))
    return bool(reads and LEAVING & spec.settings) and not erases


@pytest.mark.parametrize(
    "spec",
    [s for s in FUNCTIONS if _lets_out(s) or s.construct == "CheckConsent"],
    ids=lambda spec: spec.folder,
)
def test_r11_whatever_lets_something_leave_asks_whether_it_may_serve(
    spec: FunctionSpec,
) -> None:
    code = (ROOT / "functions" / spec.stage / spec.folder / "handler.py").read_text()
    asks = "serving_from(" in code and ".check" in code
    assert asks != (spec.construct in NOT_SERVING)

"""The contact sheet as it is written; tests/e2e looks at it in a browser."""

import base64
import hashlib
import re

import pytest

from beeldrecht.domain.assets import AssetStatus
from local.demo.organisation import NAMES, Who
from tests.e2e.sheet_scene import Drawn, Scene


@pytest.fixture(scope="module")
def sheet() -> str:
    return Scene().sheet()


def test_every_file_is_on_it_once_and_escaped(sheet: str) -> None:
    for drawn in Scene().drawn:
        assert sheet.count(f'id="p-{drawn.asset_id[:8]}"') == 1
    assert "&lt;b&gt;raar&lt;/b&gt; &amp; co.jpg" in sheet
    assert "<b>raar" not in sheet


def test_it_needs_nothing_but_itself(sheet: str) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]*)"|url\(([^)]*)\)', sheet)
    outside = [a for a in addresses if not "".join(a).startswith(("#", "data:"))]
    assert outside == []
    assert "http" not in re.sub(r"http-equiv", "", sheet)


def test_the_policy_names_the_style_and_the_script_by_their_hash(sheet: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', sheet)
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", sheet, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert " style=" not in sheet


def test_it_says_that_it_is_for_staff_in_both_languages(sheet: str) -> None:
    assert "Alleen voor medewerkers" in sheet
    assert "For staff only" in sheet


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Who.DANIEL, "Geldt tot en met 1 juni 2027"),
        (Who.ANNA, "Loopt bijna af: tot en met 22 juni 2026"),
        (Who.WILLEM, "Afgelopen op 25 mei 2026"),
        (Who.SANNE, "Ingetrokken op 2 mei 2026"),
        (Who.MARC, "Nooit getekend"),
    ],
)
def test_everybody_is_listed_with_what_they_signed(
    sheet: str, who: Who, said: str
) -> None:
    (line,) = re.findall(rf"<tr><th[^>]*>{NAMES[who]}.*?</tr>", sheet)
    assert said in line


def test_a_withdrawal_moves_a_released_picture_to_covered_faces() -> None:
    before, after = Scene().sheet(), Scene().withdraw(Who.HENK).sheet()
    identifier = next(d.asset_id[:8] for d in Scene().drawn if d.name == "uit.jpg")
    cards = [
        re.findall(rf'id="p-{identifier}".*?</article>', sheet, re.DOTALL)[0]
        for sheet in (before, after)
    ]
    assert '<span class="chip clear">' in cards[0]
    assert '<span class="chip masked">' not in cards[0]
    assert '<span class="chip clear">' not in cards[1]
    assert "heeft de toestemming ingetrokken" in cards[1]


def test_a_picture_that_is_still_under_way_is_listed_apart() -> None:
    coming = Drawn("straks.jpg", status=AssetStatus.RECEIVED)
    sheet = Scene((coming,)).sheet("en")
    (apart,) = re.findall(
        r'<section class="group" id="under-way".*?</section>', sheet, re.DOTALL
    )
    assert "straks.jpg" in apart
    assert "still at work on it" in apart
    assert 'id="under-way"' not in Scene().sheet()


def test_the_language_it_opens_in_is_the_one_that_was_asked_for() -> None:
    assert '<html lang="nl">' in Scene().sheet("nl")
    english = Scene().sheet("en")
    assert '<html lang="en">' in english
    assert "<title>Contact sheet" in english

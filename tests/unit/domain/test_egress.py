"""For how long an address works, and under which name a picture is saved."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.egress import LINK_SECONDS, link_seconds, rendition_file_name
from beeldrecht.domain.intake import PICTURED, RenditionName
from beeldrecht.domain.time import NaiveInstantError

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)


def test_an_address_works_for_a_minute_at_most() -> None:
    assert LINK_SECONDS == 60
    assert link_seconds(AT, None) == 60
    assert link_seconds(AT, AT + timedelta(days=365)) == 60


@pytest.mark.parametrize(
    ("left", "seconds"),
    [
        (60 * SECOND, 60),
        (60 * SECOND - TICK, 59),
        (59 * SECOND, 59),
        (2 * SECOND - TICK, 1),
        (SECOND, 1),
        (SECOND - TICK, 0),
        (0 * SECOND, 0),
        (-TICK, 0),
        (-5 * SECOND, 0),
    ],
)
def test_an_address_ends_before_its_decision_does(left: timedelta, seconds: int) -> None:
    assert link_seconds(AT, AT + left) == seconds


@given(st.timedeltas(timedelta(days=-2), timedelta(days=2)))
def test_no_address_outlives_its_decision_or_a_minute(left: timedelta) -> None:
    seconds = link_seconds(AT, AT + left)
    assert 0 <= seconds <= 60
    assert seconds == 0 or AT + seconds * SECOND <= AT + left


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        link_seconds(AT.replace(tzinfo=None), AT)


@pytest.mark.parametrize(
    ("given_name", "saved_as"),
    [
        ("zomerfeest.jpg", "zomerfeest-preview.jpg"),
        ("Zomer feest é 012.HEIC", "Zomer feest é 012-preview.jpg"),
        ("/etc/passwd", "passwd-preview.jpg"),
        ("..\\..\\windows\\win.ini", "win-preview.jpg"),
        ("../../x.png", "x-preview.jpg"),
        ("a/b/", "b-preview.jpg"),
        ("feest.html", "feest-preview.jpg"),
        ("feest.jpg.exe", "feest.jpg-preview.jpg"),
        ("evil\u202egpj.exe", "evilgpj-preview.jpg"),
        ('a"b;c%d*e', "a_b_c_d_e-preview.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie_ x=1-preview.jpg"),
        ("", "picture-preview.jpg"),
        ("...", "picture-preview.jpg"),
        (".htaccess", "htaccess-preview.jpg"),
        ("CON.jpg", "picture CON-preview.jpg"),
        ("nul", "picture nul-preview.jpg"),
        ("x" * 255, "x" * 100 + "-preview.jpg"),
        ("漢字.tif", "漢字-preview.jpg"),
    ],
)
def test_a_name_loses_what_could_mean_more_than_a_name(
    given_name: str, saved_as: str
) -> None:
    assert rendition_file_name(given_name, RenditionName.PREVIEW) == saved_as


def test_each_rendition_is_told_apart_and_the_full_size_carries_the_bare_name() -> None:
    names = {name: rendition_file_name("a.png", name) for name in RenditionName}
    assert names[RenditionName.WORKING] == "a.jpg"
    assert len(set(names.values())) == len(RenditionName)


@given(st.text(max_size=400), st.sampled_from(RenditionName))
def test_whatever_the_name_was_it_is_one_harmless_file(
    file_name: str, name: RenditionName
) -> None:
    saved = rendition_file_name(file_name, name)
    assert saved.endswith(".jpg") or name not in PICTURED
    assert re.search(r"[^.]\.[a-z0-9]{1,10}$", saved)
    assert not set(saved) & set('<>:"/\\|?*%;\r\n\0')
    assert not saved.startswith((".", " "))
    assert len(saved) <= 125
    assert not {"Cc", "Cf", "Zl", "Zp"} & {unicodedata.category(c) for c in saved}

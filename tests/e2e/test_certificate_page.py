"""The page of whoever was erased: two files to keep, and how to check them (R11)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.problems import Problem
from tests.e2e import signing
from tests.e2e.looks import DUTCH_PHONE, PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import MINE, PDF, PROOF, SIGNED, Served

LANGUAGES = {
    "nl": "Certificaat van wissing",
    "en": "Certificate of erasure",
    "de": "Löschungsbescheinigung",
    "fr": "Certificat d'effacement",
}


@pytest.fixture
def device() -> dict[str, Any]:
    return {**DUTCH_PHONE, "timezone_id": "America/New_York"}


def come(page: Page, served: Served, token: str = PROOF) -> None:
    signing.come(page, served, token, "certificate")


@pytest.mark.parametrize(("button", "content"), [("pdf", PDF), ("json", SIGNED)])
def test_r11_both_files_are_kept_as_they_are(
    visitor: Page, served: Served, tmp_path: Path, button: str, content: bytes
) -> None:
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Certificaat van wissing")
    expect(visitor.locator("main")).to_contain_text("2 juni 2026")  # Amsterdam's day
    with visitor.expect_download() as waiting:
        visitor.locator(f"#{button}").tap()
    # Under one name, so that the one is found beside the other when it is checked.
    assert waiting.value.suggested_filename == f"{'d' * 32}.{button}"
    to = tmp_path / button
    waiting.value.save_as(to)
    assert to.read_bytes() == content
    assert visitor.url == f"{served.origin}/certificate"


def test_how_to_check_it_is_told_with_the_name_of_the_key(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    told = visitor.locator("#check")
    expect(told).to_contain_text(f"verify certificate {'d' * 32}.json")
    expect(told).to_contain_text("abababab abababab")


def test_before_the_erasure_is_over_the_link_keeps_working(
    visitor: Page, served: Served
) -> None:
    served.api.refuse["certificate"] = Problem.NOT_FOUND
    come(visitor, served)
    expect(visitor.locator("main")).to_contain_text("Het wissen is nog bezig")
    visitor.locator("#again").tap()
    expect(visitor.locator("#files")).to_be_visible()


def test_another_link_opens_nothing(visitor: Page, served: Served) -> None:
    come(visitor, served, MINE)
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")
    expect(visitor.locator("#files")).to_have_count(0)


@pytest.mark.parametrize("size", PHONE_AND_DESK)
def test_everybody_can_read_it_in_every_language(
    visitor: Page, served: Served, size: tuple[int, int]
) -> None:
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    come(visitor, served)
    for code, title in LANGUAGES.items():
        visitor.locator(f"[data-language={code}]").click()
        expect(visitor.locator("h1")).to_have_text(title)
        assert fits(visitor)
    assert amiss(visitor) == []

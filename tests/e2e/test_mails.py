"""Mails as a browser shows them: readable by everybody, on a telephone and at a desk."""

import pytest
from playwright.sync_api import Browser, ViewportSize

from beeldrecht.domain.mails import MailKind
from beeldrecht_mail.letters import Contents, Templates, write
from beeldrecht_mail.words import LANGUAGES, Variant
from layers import mails
from tests.e2e.looks import PHONE_AND_DESK, amiss, fits

_OF_PAGES = ("landmark-one-main:", "region:")
"""A mail is shown within the page of somebody's mail program, which has the landmarks."""
URL = "https://beeld.example.org/sign#" + "aB3-" * 10 + "xyz"
NAMES = (
    "count",
    *("title", "controller", "day", "signed", "channels", "link_day", "person_or_you"),
    *("at", "asked", "reason", "asset", "days", "number", "what"),
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("templates") / "mails"
    mails.compile_all(folder)
    return Templates(folder)


@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_is_accessible_and_runs_off_no_side(
    kind: MailKind, templates: Templates, browser: Browser
) -> None:
    tongue = LANGUAGES["de"]  # the longest words
    [variant, *_] = [v for k, v in tongue.mails if k is kind]
    contents = Contents(
        values=dict.fromkeys(NAMES, "Sommerfest im Stadtpark"),
        url=URL,
        organisation="Gemeinde Beispiel",
        reader="Ann de Vries",
        person="Bo de Vries",
        lines=["Website: 37 Fotos", "Drucksachen: 1 Foto"],
        document=["beeldrecht-2026-06-01.pdf (PDF/A)", "SHA-256 " + "0f" * 32],
    )
    made = write(templates, tongue, kind, Variant(variant), contents)
    context = browser.new_context(offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_content(made.html)
    for width, height in PHONE_AND_DESK:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        assert fits(page)
        assert [each for each in amiss(page) if not each.startswith(_OF_PAGES)] == []
    assert asked == []
    context.close()

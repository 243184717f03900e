"""One's own page: what was agreed to, taken back by no more taps than it was given."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from beeldrecht.domain.problems import Problem
from tests.e2e import signing
from tests.e2e.looks import DUTCH_PHONE, PHONE_AND_DESK, amiss, fits
from tests.e2e.subject_scene import EARLIER, MINE, PDF, QUITCLAIM, Served, grant, said


@pytest.fixture
def device() -> dict[str, Any]:
    return {**DUTCH_PHONE, "timezone_id": "America/New_York"}


def come(page: Page, served: Served) -> None:
    signing.come(page, served, MINE, "own-page")


def did(served: Served) -> list[tuple[str, dict[str, Any]]]:
    """What was asked of the API besides looking."""
    return [each for each in served.api.asked if each[0] != "page"]


def on(page: Page) -> set[str]:
    boxes = page.locator("[role=switch]:checked")
    return {str(each.get_attribute("id")) for each in boxes.all()}


# -- what was agreed to ----------------------------------------------------------------


def test_somebody_sees_what_counts_and_until_when(visitor: Page, served: Served) -> None:
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Je eigen pagina, Ann de Vries")
    assert on(visitor) == {"channel-website", "channel-social", "biometric"}
    agreed = visitor.locator("#agreed")
    expect(agreed).to_contain_text("Ja, tot en met 28 maart 2029")
    expect(agreed).to_contain_text("Afgelopen op 28 maart 2029")
    expect(agreed).to_contain_text("Portretovereenkomst")
    expect(visitor.locator("#channel-intranet")).not_to_be_checked()
    # In Amsterdam it is the day after by the clock that it was signed by elsewhere.
    expect(visitor.locator("#documents")).to_contain_text("29 maart 2026, via een code")
    for language, day in (
        ("en", "28 March 2029"),
        ("de", "28. März 2029"),
        ("fr", "28 mars 2029"),
    ):
        visitor.locator(f"[data-language={language}]").click()
        expect(agreed).to_contain_text(day)


def test_a_channel_is_switched_off_and_saved(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#channel-website").tap()
    expect(visitor.locator("#to-change")).to_have_text(
        "Je gaat wijzigen: nee tegen Website."
    )
    assert did(served) == []
    visitor.locator("#save").tap()
    expect(visitor.locator("#said")).to_have_text("Opgeslagen. Het geldt vanaf nu.")
    expect(visitor.locator("#said")).to_be_focused()
    assert did(served) == [("withdraw", {"grant_ids": [grant("website")["grant_id"]]})]
    assert on(visitor) == {"channel-social", "biometric"}
    expect(visitor.locator("#agreed")).to_contain_text("Ingetrokken op 1 juni 2026")
    assert visitor.evaluate("window.taps") == 2


def test_nothing_changes_before_it_is_saved(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#channel-website").uncheck()
    visitor.locator("#biometric").uncheck()
    visitor.locator("#undo").click()
    expect(visitor.locator("#changes")).to_be_hidden()
    expect(visitor.locator("#channel-website")).to_be_focused()
    assert on(visitor) == {"channel-website", "channel-social", "biometric"}
    assert did(served) == []


def test_a_channel_is_switched_on_with_all_that_is_to_remain(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#channel-print").check()
    visitor.locator("#channel-social").uncheck()
    visitor.locator("#save").click()
    expect(visitor.locator("#said")).to_be_visible()
    social = grant("social")["grant_id"]
    # What is taken back comes first: it counts whatever becomes of the rest.
    assert did(served) == [
        ("withdraw", {"grant_ids": [social]}),
        (
            "change",
            {
                "quitclaim_id": QUITCLAIM,
                "channels": ["website", "print"],
                "biometric": True,
            },
        ),
    ]
    assert on(visitor) == {"channel-website", "channel-print", "biometric"}


def test_taking_everything_back_is_two_taps(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#withdraw-all").tap()
    visitor.get_by_role("button", name="Ja, trek alles in").tap()
    expect(visitor.locator("#said")).to_contain_text("Alles is ingetrokken")
    assert visitor.evaluate("window.taps") == 2
    assert did(served) == [("withdraw", {"all": True})]
    assert on(visitor) == set()
    expect(visitor.locator("#withdraw-all")).to_have_count(0)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_who_thinks_again_takes_nothing_back(
    visitor: Page, served: Served, way: str
) -> None:
    come(visitor, served)
    visitor.locator("#withdraw-all").click()
    expect(visitor.get_by_role("dialog")).to_have_accessible_name("Alles intrekken?")
    if way == "button":
        visitor.get_by_role("button", name="Nee, laat het zo").click()
    else:
        visitor.keyboard.press("Escape")
    expect(visitor.get_by_role("dialog")).to_have_count(0)
    expect(visitor.locator("#withdraw-all")).to_be_focused()
    assert did(served) == []


def test_everything_is_taken_back_with_the_keyboard_alone(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    for _ in range(30):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.id") == "withdraw-all":
            break
    visitor.keyboard.press("Enter")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#said")).to_be_focused()
    assert did(served) == [("withdraw", {"all": True})]


def test_what_an_earlier_document_still_allows_is_not_hidden(
    visitor: Page, served: Served
) -> None:
    press, paid = grant("press"), grant("paid")
    served.api.earlier = [
        served.api.consent(
            EARLIER, [press], offered=[], renewable=False, offers_biometric=False
        ),
        served.api.consent(
            "4" * 32, [paid], offered=["paid"], renewable=True, title="Iets anders"
        ),
    ]
    come(visitor, served)
    assert {"channel-press", "channel-paid-1"} <= on(visitor)
    visitor.locator("#channel-press").uncheck()
    visitor.locator("#save").first.click()
    expect(visitor.locator("#said")).to_be_visible()
    assert did(served) == [("withdraw", {"grant_ids": [press["grant_id"]]})]


# -- documents and pictures ------------------------------------------------------------


def test_the_signed_copy_is_downloaded(
    visitor: Page, served: Served, tmp_path: Path
) -> None:
    come(visitor, served)
    with visitor.expect_download() as waiting:
        visitor.locator(f"[data-download='{QUITCLAIM}']").click()
    assert waiting.value.suggested_filename == "2026-03-28.pdf"
    waiting.value.save_as(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == PDF
    assert did(served) == [("document", {"quitclaim_id": QUITCLAIM})]


def test_a_copy_that_is_not_made_yet_is_said_to_be(visitor: Page, served: Served) -> None:
    served.api.is_document_made = False
    come(visitor, served)
    expect(visitor.locator("#documents")).to_contain_text("De kopie wordt gemaakt.")
    expect(visitor.locator("[data-download]")).to_have_count(0)


def test_renewing_is_one_tap_here_too(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator(f"[data-renew='{QUITCLAIM}']").tap()
    expect(visitor.locator("#said")).to_have_text("Het is verlengd.")
    assert did(served) == [("renew", {"quitclaim_id": QUITCLAIM})]
    served.api.refuse["renew"] = {"code": "wording_changed", "status": 409}
    visitor.locator(f"[data-renew='{QUITCLAIM}']").tap()
    expect(visitor.locator("#said")).to_contain_text("nieuwe handtekening")


def test_r12_pictures_say_who_received_them_and_what_is_gone(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    shown = visitor.locator("#pictures .picture")
    expect(shown).to_have_count(2)
    expect(shown.first.locator("img")).to_have_attribute("alt", "Foto 1 van 2")
    expect(shown.last).to_contain_text("Deze foto wordt nu niet getoond.")
    told = shown.nth(0).locator(".received li")
    expect(told).to_have_text(
        [
            "Website, 4 mei 2026Een medewerker. Verwijderd, zegt de ontvanger.",
            "Drukwerk, 3 mei 2026Een medewerker. Teruggevraagd; nog geen antwoord.",
            "2 mei 2026Iemand die er ook op staat; anderen afgedekt.",
        ]
    )
    expect(shown.nth(0)).to_contain_text("En nog 2 keer eerder.")
    expect(shown.nth(1)).to_contain_text("Niemand kreeg hem nog.")


def test_r12_earlier_receivers_stand_behind_a_summary(
    visitor: Page, served: Served
) -> None:
    used = served.api.pictures[0]["used"]
    served.api.pictures[0]["used"] = [*used, *used]
    come(visitor, served)
    shown = visitor.locator("#pictures .picture").nth(0)
    assert shown.locator(".received li:visible").count() == 3
    shown.locator("summary", has_text="Toon eerdere (5)").click()
    expect(shown.locator(".received li:visible")).to_have_count(6)


# -- rights ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "asked", "said_after"),
    [
        ("object", ("object", {}), "Je bezwaar is ontvangen."),
        ("export", ("ask", {"kind": "export"}), "Je verzoek om een kopie is ontvangen."),
        ("restrict", ("ask", {"kind": "restriction"}), "Foto's van jou zijn bevroren."),
        (
            "erasure",
            ("ask", {"kind": "erasure"}),
            "Je verzoek om te wissen is ontvangen.",
        ),
    ],
)
def test_a_right_is_asked_for_once_it_was_confirmed(
    visitor: Page,
    served: Served,
    right: str,
    asked: tuple[str, dict[str, Any]],
    said_after: str,
) -> None:
    come(visitor, served)
    visitor.locator(f"#ask-{right}").click()
    assert did(served) == []
    visitor.locator("dialog .main").click()
    expect(visitor.locator("#said")).to_contain_text(said_after)
    assert did(served) == [asked]
    expect(visitor.locator("#asked")).to_contain_text("antwoord uiterlijk 1 juli 2026")
    expect(visitor.locator(f"#ask-{right}")).to_have_count(0)
    if right in {"object", "restrict"}:
        expect(visitor.locator(".notice.plain")).to_be_visible()


@pytest.mark.parametrize("right", ["object", "restrict"])
def test_why_somebody_asks_goes_along_when_they_say_so(
    visitor: Page, served: Served, right: str
) -> None:
    come(visitor, served)
    visitor.locator(f"#ask-{right}").click()
    expect(visitor.get_by_role("dialog")).to_be_visible()
    assert amiss(visitor) == []
    visitor.locator("#note").fill("  Ik word lastiggevallen.\nEcht. ")
    visitor.locator("dialog .main").click()
    expect(visitor.locator("#said")).to_be_visible()
    [(_, body)] = did(served)
    assert body["details"] == "Ik word lastiggevallen.\nEcht."


def test_r10_somebody_says_what_is_wrong_or_says_nothing(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.locator("#ask-correct").click()
    visitor.locator("dialog .main").click()
    expect(visitor.get_by_role("dialog")).to_be_visible()
    assert did(served) == []
    visitor.get_by_role("button", name="Nee, laat het zo").click()
    expect(visitor.get_by_role("dialog")).to_have_count(0)
    visitor.locator("#ask-correct").click()
    visitor.locator("#note").fill("Mijn naam is Anne.")
    visitor.locator("dialog .main").click()
    expect(visitor.locator("#said")).to_have_text("Je melding is ontvangen.")
    asked = {"kind": "rectification", "details": "Mijn naam is Anne."}
    assert did(served) == [("ask", asked)]
    # There can be something else that is wrong.
    expect(visitor.locator("#ask-correct")).to_be_visible()


def test_r10_that_is_not_me_takes_two_taps(visitor: Page, served: Served) -> None:
    come(visitor, served)
    first, other = "a" * 32, "b" * 32
    visitor.locator(f"[data-not-me='{first}']").tap()
    visitor.locator("dialog .main").tap()
    expect(visitor.locator("#said")).to_be_visible()
    assert did(served) == [("ask", {"kind": "rectification", "asset_id": first})]
    expect(visitor.locator(f"[data-not-me='{first}']")).to_have_count(0)
    expect(visitor.locator("#pictures .picture").first).to_contain_text("Je zei dat je")
    expect(visitor.locator(f"[data-not-me='{other}']")).to_be_visible()


def test_what_became_of_what_was_asked_is_told(visitor: Page, served: Served) -> None:
    served.api.ask(MINE, {"kind": "restriction"})
    served.api.ask(MINE, {"kind": "export"})
    frozen, copy = served.api.requests
    frozen |= {"state": said("upheld"), "lifts_from": "2026-06-04T22:00:00Z"}
    copy |= {"extended": True, "last_day": "2026-09-01"}
    come(visitor, served)
    shown = visitor.locator("#asked li")
    expect(shown.first).to_contain_text("Gevraagd op 1 juni 2026")
    expect(shown.first).to_contain_text("Niet meer bevroren vanaf 5 juni 2026")
    expect(shown.last).to_contain_text("duurt langer: uiterlijk 1 september 2026")
    expect(visitor.locator("#ask-restrict")).to_be_visible()
    frozen["lifts_from"] = None
    come(visitor, served)
    expect(visitor.locator("#ask-restrict")).to_have_count(0)


# -- nothing, and what goes wrong ------------------------------------------------------


def test_somebody_of_whom_nothing_is_on_record_is_told_so(
    visitor: Page, served: Served
) -> None:
    served.api.grants, served.api.pictures, served.api.name = [], [], None
    served.api.notes = [said("own_nothing_agreed")]
    come(visitor, served)
    expect(visitor.locator("h1")).to_have_text("Je eigen pagina")
    expect(visitor.locator("#agreed")).to_contain_text("Je hebt met niets ingestemd")
    expect(visitor.locator("#pictures")).to_contain_text("Er zijn nog geen foto's")
    expect(visitor.locator("#withdraw-all")).to_have_count(0)
    expect(visitor.locator("#ask-erasure")).to_be_visible()
    assert amiss(visitor) == []


def test_without_a_connection_nothing_is_said_to_have_changed(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    visitor.context.set_offline(True)
    visitor.locator("#channel-website").uncheck()
    visitor.locator("#save").click()
    expect(visitor.locator("#said")).to_contain_text("Er is niets gewijzigd.")
    assert "channel-website" in on(visitor)
    visitor.context.set_offline(False)
    visitor.locator("#channel-website").uncheck()
    visitor.locator("#save").click()
    expect(visitor.locator("#said")).to_contain_text("Opgeslagen.")


def test_a_page_that_could_not_be_shown_is_tried_again(
    visitor: Page, served: Served
) -> None:
    served.api.refuse["page"] = Problem.TOO_MANY_REQUESTS
    come(visitor, served)
    expect(visitor.locator(".notice")).to_contain_text("te vaak")
    visitor.locator("#again").click()
    expect(visitor.locator("#agreed")).to_be_visible()


def test_a_link_that_ended_meanwhile_says_so(visitor: Page, served: Served) -> None:
    come(visitor, served)
    served.api.used.add(MINE)
    visitor.locator("#withdraw-all").click()
    visitor.locator("dialog .main").click()
    expect(visitor.locator("h1")).to_have_text("Deze link werkt niet")


def test_half_a_change_is_shown_as_it_stands(visitor: Page, served: Served) -> None:
    come(visitor, served)
    served.api.refuse["change"] = {"code": "wording_changed", "status": 409}
    visitor.locator("#channel-social").uncheck()
    visitor.locator("#channel-print").check()
    visitor.locator("#save").click()
    expect(visitor.locator("#said")).to_contain_text("Niet alles is opgeslagen.")
    assert on(visitor) == {"channel-website", "biometric"}


def test_what_was_saved_is_not_said_to_be_lost(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.locator("#channel-website").uncheck()
    served.api.refuse["page"] = Problem.BUSY
    visitor.locator("#save").click()
    expect(visitor.locator(".notice")).to_contain_text("Het is opgeslagen")
    visitor.locator("#again").click()
    expect(visitor.locator("#agreed")).to_be_visible()
    assert "channel-website" not in on(visitor)


# -- the token and how it looks --------------------------------------------------------


def test_the_token_leaves_the_address_and_survives_a_reload(
    visitor: Page, served: Served
) -> None:
    come(visitor, served)
    assert visitor.url == f"{served.origin}/own-page"
    visitor.reload()
    expect(visitor.locator("#agreed")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", PHONE_AND_DESK, ids=str)
def test_everybody_can_read_and_use_it(
    visitor: Page, served: Served, size: tuple[int, int], scheme: str
) -> None:
    visitor.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    served.api.object(MINE, {})
    come(visitor, served)
    assert amiss(visitor) == []
    visitor.locator("#channel-website").uncheck()
    assert amiss(visitor) == []
    visitor.locator("#save").click()
    expect(visitor.locator("#said")).to_be_visible()
    visitor.locator("#withdraw-all").click()
    assert amiss(visitor) == []


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_nothing_runs_off_the_side_of_a_small_telephone(
    visitor: Page, served: Served, language: str
) -> None:
    visitor.set_viewport_size({"width": 320, "height": 640})
    served.api.object(MINE, {})
    come(visitor, served)
    visitor.locator(f"[data-language={language}]").click()
    visitor.locator("#channel-website").uncheck()
    assert fits(visitor)
    visitor.locator("#withdraw-all").click()
    assert fits(visitor)


def test_the_page_is_light(visitor: Page, served: Served) -> None:
    come(visitor, served)
    visitor.wait_for_load_state("networkidle")
    assert len(served.sent) > 5
    assert sum(served.sent.values()) <= 100_000

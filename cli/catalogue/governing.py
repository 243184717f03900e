"""Phrases about the registers of who is responsible."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

GOVERNANCE: Final[Mapping[str, Phrase]] = {
    "help_governance": Phrase(
        "assessments, agreements and processing activities: list, write, sign, revoke",
        "beoordelingen, overeenkomsten en verwerkingen: tonen, schrijven, tekenen,"
        " intrekken",
    ),
    "help_governance_kind": Phrase("which register", "welk register"),
    "help_governance_form": Phrase(
        "what a register asks, as a file to fill in",
        "wat een register vraagt, als bestand om in te vullen",
    ),
    "help_governance_add": Phrase("begin a record", "begin een vastlegging"),
    "help_governance_file": Phrase(
        "JSON, as `governance form` gives it", "JSON, zoals `governance form` het geeft"
    ),
    "help_governance_show": Phrase("show a record whole", "toon een hele vastlegging"),
    "help_governance_change": Phrase(
        "write the next version of a record", "schrijf de volgende versie"
    ),
    "help_governance_sign": Phrase(
        "sign the latest version of a record", "onderteken de laatste versie"
    ),
    "help_governance_revoke": Phrase(
        "let a record hold no more, for good", "laat een vastlegging niet meer gelden"
    ),
    "help_governance_record": Phrase(
        "a record: its id or the beginning of it",
        "een vastlegging: het kenmerk of het begin ervan",
    ),
    "help_governance_last_day": Phrase(
        "through which day it is to hold", "tot en met welke dag het geldt"
    ),
    "help_governance_reason": Phrase("why", "waarom"),
    "record_line": Phrase(
        "  {id}  {title} (version {version}): {state}{until}",
        "  {id}  {title} (versie {version}): {state}{until}",
    ),
    "record_until": Phrase(", through {day}", ", tot en met {day}"),
    "record_head": Phrase(
        "{kind}: {title}, version {version} ({record})",
        "{kind}: {title}, versie {version} ({record})",
    ),
    "record_open": Phrase(
        "  {field}: not answered yet. {words}", "  {field}: nog open. {words}"
    ),
    "record_digest": Phrase("SHA-256 {sha256}", "SHA-256 {sha256}"),
    "record_state": Phrase("{state}{until}.", "{state}{until}."),
    "no_records": Phrase("  Nothing yet.", "  Nog niets."),
    "help_breaches": Phrase(
        "breaches and drills: hold one, whom it touches, what was done",
        "datalekken en oefeningen: houden, wie het raakt, wat is gedaan",
    ),
    "help_breaches_drill": Phrase("hold a drill", "houd een oefening"),
    "help_breaches_record": Phrase("record a breach", "leg een datalek vast"),
    "help_breaches_from": Phrase(
        "from when on (2026-06-01, or with a time)",
        "vanaf wanneer (2026-06-01, of met een tijd)",
    ),
    "help_breaches_to": Phrase("until when", "tot wanneer"),
    "help_breaches_actor": Phrase(
        "id of an account whose acts are looked at",
        "kenmerk van een account waarvan de handelingen tellen",
    ),
    "help_breaches_role": Phrase(
        "everybody with this role, instead of one account",
        "iedereen met deze rol, in plaats van een account",
    ),
    "help_breaches_store": Phrase("what lay in one store", "wat in een opslag lag"),
    "help_breaches_aware": Phrase(
        "when somebody became aware of it; now, when left out",
        "wanneer iemand het merkte; nu, als het ontbreekt",
    ),
    "help_breaches_description": Phrase("what happened", "wat er is gebeurd"),
    "help_breaches_show": Phrase(
        "show one with its draft notices", "toon een met de conceptbrieven"
    ),
    "help_breaches_people": Phrase("list whom it touches", "toon wie het raakt"),
    "help_breaches_note": Phrase("note what was done", "leg vast wat is gedaan"),
    "help_breaches_breach": Phrase(
        "a breach: its id or the beginning of it",
        "een datalek: het kenmerk of het begin ervan",
    ),
    "help_breaches_event": Phrase("what was done", "wat is gedaan"),
    "help_breaches_reason": Phrase("why, or how", "waarom, of hoe"),
    "breach_line": Phrase(
        "{id}  {kind}, to be told by {due}: {state}",
        "{id}  {kind}, te melden voor {due}: {state}",
    ),
    "breach_counting_still": Phrase(
        "  Whom it touches is being looked up: show it again in some minutes.",
        "  Nagegaan wordt wie het raakt: toon het over enkele minuten weer.",
    ),
    "breach_touched": Phrase(
        "  {people} people, {pictures} pictures, by {entries} entries of the log.",
        "  {people} mensen, {pictures} foto's, volgens {entries} regels van het logboek.",
    ),
    "no_breaches": Phrase(
        "No breach and no drill is on record.", "Er is geen datalek of oefening bekend."
    ),
    "help_evidence": Phrase(
        "for an operator: registers, annex and proof of each promise, as PDF and JSON",
        "voor een beheerder: registers, bijlage en bewijs van elke belofte, als PDF en"
        " JSON",
    ),
    "help_evidence_out": Phrase(
        "folder for evidence.pdf and evidence.json",
        "map voor evidence.pdf en evidence.json",
    ),
    "help_evidence_json": Phrase(
        "write the report to the output as JSON", "schrijf het verslag uit als JSON"
    ),
    "help_evidence_tests": Phrase(
        "what the test runs said (build/proof/tests.json)",
        "wat de tests zeiden (build/proof/tests.json)",
    ),
    "evidence_line": Phrase(
        "{sign} {row:<3} {promise} tests {tests}, settings {settings}",
        "{sign} {row:<3} {promise} tests {tests}, instellingen {settings}",
    ),
    "evidence_lapsed": Phrase(
        "✕ Record {record} is signed until a day that is over: renew or revoke it.",
        "✕ Vastlegging {record} is getekend tot een dag die voorbij is: verleng haar of"
        " trek haar in.",
    ),
    "evidence_green": Phrase(
        "Every promise is shown to be kept.", "Van elke belofte staat vast dat zij houdt."
    ),
    "evidence_red": Phrase(
        "Not every promise is shown to be kept.",
        "Niet van elke belofte staat vast dat zij houdt.",
    ),
    "evidence_written": Phrase(
        "evidence.pdf and evidence.json are in {path}.",
        "evidence.pdf en evidence.json staan in {path}.",
    ),
    "evidence_title": Phrase("Evidence", "Bewijs"),
    "evidence_subtitle": Phrase(
        "What shows that each promise of the picture library is kept",
        "Waaruit blijkt dat elke belofte van de beeldbank wordt gehouden",
    ),
    "evidence_requirements": Phrase("The promises", "De beloften"),
    "evidence_row": Phrase("No", "Nr"),
    "evidence_promise": Phrase("Promise", "Belofte"),
    "evidence_proof": Phrase("What shows it", "Waaruit het blijkt"),
    "evidence_tests_passed": Phrase("tests passed", "tests geslaagd"),
    "evidence_settings_right": Phrase("settings as they have to be", "instellingen goed"),
    "evidence_nothing": Phrase("Nothing shows it.", "Nergens uit."),
    "evidence_wrong": Phrase("What is wrong", "Wat niet klopt"),
    "evidence_activities": Phrase(
        "Record of processing activities (GDPR 30)",
        "Register van verwerkingsactiviteiten (AVG 30)",
    ),
    "evidence_assessments": Phrase("Assessments", "Beoordelingen"),
    "evidence_annex": Phrase(
        "Annex to the processing agreement (GDPR 28)",
        "Bijlage bij de verwerkersovereenkomst (AVG 28)",
    ),
    "evidence_annex_more": Phrase(
        "What is processed where, how it is held, and what becomes of it when somebody is"
        " erased: from the registry of stores, against which the code is tested.",
        "Wat waar wordt verwerkt, hoe het wordt bewaard en wat ermee gebeurt als iemand"
        " wordt gewist: uit het register van opslagplaatsen, waartegen de code wordt"
        " getest.",
    ),
    "evidence_agreements": Phrase("Agreements", "Overeenkomsten"),
    "evidence_what": Phrase("What", "Wat"),
    "evidence_categories": Phrase("Kinds of data", "Soorten gegevens"),
    "evidence_holding": Phrase("How it is held", "Hoe het wordt bewaard"),
    "evidence_erasing": Phrase("How it is held, and ends", "Hoe het ligt, en eindigt"),
    "evidence_sub_processors": Phrase("Sub-processors", "Subverwerkers"),
    "evidence_sub_more": Phrase(
        "From what is deployed; below it what the register says of others.",
        "Uit wat is geïnstalleerd; daaronder wat het register van anderen zegt.",
    ),
    "evidence_services": Phrase("Services", "Diensten"),
    "evidence_none": Phrase("Nothing is on record.", "Er is niets vastgelegd."),
    "evidence_until": Phrase("Through", "Tot en met"),
    "evidence_settings": Phrase(
        "Settings, as they are deployed", "Instellingen, zoals geïnstalleerd"
    ),
    "evidence_expected": Phrase("Has to be", "Moet zijn"),
    "evidence_found": Phrase("Is", "Is"),
    "evidence_carries": Phrase(
        "Of evidence.json, which this file carries.",
        "Van evidence.json, dat in dit bestand zit.",
    ),
    "error_no_results": Phrase(
        "No test run left its results at {path}: run `make test` first, or name another"
        " file with --tests.",
        "Geen testrun liet resultaten achter in {path}: draai eerst `make test`, of noem"
        " een ander bestand met --tests.",
    ),
    "error_unknown_breach": Phrase(
        "No breach begins with {given}: see `python -m cli breaches`.",
        "Geen datalek begint met {given}: zie `python -m cli breaches`.",
    ),
    "error_unknown_record": Phrase(
        "No record begins with {given}: see `python -m cli governance`.",
        "Geen vastlegging begint met {given}: zie `python -m cli governance`.",
    ),
    "file_not_a_record": Phrase(
        "the file holds no record: it is JSON as `governance form` gives it",
        "het bestand bevat geen vastlegging: het is JSON zoals `governance form` het"
        " geeft",
    ),
}

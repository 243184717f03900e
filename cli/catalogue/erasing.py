"""The words of the commands `erasures` and `erase-picture`."""

from typing import Final

from cli.catalogue.phrase import Phrase

ERASING: Final = {
    "no_erasures": Phrase("Nothing is erased.", "Er wordt niets gewist."),
    "erasure_line": Phrase(
        "{id}  of {who}: begun on {at}. {state}.",
        "{id}  van {who}: begonnen op {at}. {state}.",
    ),
    "erasure_proof": Phrase(
        "  What proves consents is kept for its term, sealed.",
        "  Wat toestemmingen bewijst blijft zijn termijn bewaard, verzegeld.",
    ),
    "erasure_no_proof": Phrase(
        "  What proves consents goes too.", "  Wat toestemmingen bewijst gaat ook weg."
    ),
    "erasure_picture": Phrase(
        "  picture {id} (others in it: {others}): {words}",
        "  foto {id} (anderen erop: {others}): {words}",
    ),
    "erasure_text": Phrase(
        "  text {id} ({what}): {words}", "  tekst {id} ({what}): {words}"
    ),
    "erasure_text_now": Phrase(
        "  text {id} ({what}): {words}\n    {text}",
        "  tekst {id} ({what}): {words}\n    {text}",
    ),
    "erasure_text_undecided": Phrase(
        "Say whether the name goes: --redact, or --leave with --because.",
        "Zeg of de naam eruit gaat: --redact, of --leave met --because.",
    ),
    "error_unknown_text": Phrase(
        "No text of the plan begins with {given}.",
        "Geen tekst van het plan begint met {given}.",
    ),
    "erasure_proof_written": Phrase(
        "What was signed ({id}) is in {file}.", "Wat is getekend ({id}) staat in {file}."
    ),
    "erasure_proof_none": Phrase(
        "{id}: there is no document, or it is not kept any more.",
        "{id}: er is geen document, of het wordt niet meer bewaard.",
    ),
    "help_erasures_proof": Phrase(
        "open the proof of consent that was kept, for a legal claim",
        "open het bewijs van toestemming dat is bewaard, voor een rechtsvordering",
    ),
    "help_erasures_proof_reason": Phrase(
        "why: a legal claim, or the authority asks",
        "waarom: een rechtsvordering, of de toezichthouder vraagt erom",
    ),
    "help_erasures_proof_output": Phrase(
        "the folder to write to; without it, where you are",
        "de map om in te schrijven; anders waar je bent",
    ),
    "help_erasures_plan_redact": Phrase(
        "take the name out of these texts", "haal de naam uit deze teksten"
    ),
    "help_erasures_plan_leave": Phrase(
        "leave these texts as they are, for the reason behind --because",
        "laat deze teksten zoals ze zijn, om de reden achter --because",
    ),
    "help_erasures_because": Phrase(
        "why the name stays in those texts", "waarom de naam in die teksten blijft"
    ),
    "erasure_receipt": Phrase(
        "  {what}: {found} found, {removed} removed, {remains} left. {why}",
        "  {what}: {found} gevonden, {removed} verwijderd, {remains} over. {why}",
    ),
    "erasure_waits": Phrase(
        "It waits for a second person: proposal {id}.",
        "Het wacht op een tweede persoon: voorstel {id}.",
    ),
    "error_unknown_erasure": Phrase(
        "No erasure begins with {given}: see `python -m cli erasures`.",
        "Geen wissing begint met {given}: zie `python -m cli erasures`.",
    ),
    "error_unknown_planned": Phrase(
        "No picture of the plan begins with {given}.",
        "Geen foto van het plan begint met {given}.",
    ),
    "help_erasures": Phrase(
        "erasures of people: list, show, plan, confirm, cancel",
        "wissingen van mensen: opsommen, tonen, plannen, bevestigen, afbreken",
    ),
    "help_erase_picture": Phrase("erase a picture everywhere", "wis een foto overal"),
    "help_erasures_state": Phrase("only those in this state", "alleen die in deze staat"),
    "help_erasures_limit": Phrase("list at most so many", "toon hoogstens zoveel"),
    "help_erasures_show": Phrase(
        "show the plan, how far it is, and the receipts",
        "toon het plan, hoe ver het is, en de kwitanties",
    ),
    "help_erasures_plan": Phrase(
        "say what becomes of pictures", "zeg wat met foto's gebeurt"
    ),
    "help_erasures_confirm": Phrase(
        "confirm it: this cannot be undone", "bevestig het: dit is onomkeerbaar"
    ),
    "help_erasures_cancel": Phrase(
        "do not erase, as long as nobody confirmed it",
        "wis niet, zolang niemand het bevestigde",
    ),
    "help_erasures_erasure": Phrase(
        "an erasure: its id or the beginning of it",
        "een wissing: het kenmerk of het begin ervan",
    ),
    "help_erasures_plan_mask": Phrase(
        "cover the person for good in these, and keep them",
        "dek de persoon hierop voorgoed af, en bewaar ze",
    ),
    "help_erasures_plan_delete": Phrase("delete these", "verwijder deze"),
    "help_erasures_keep_proof": Phrase(
        "keep what proves consents for its term, sealed",
        "bewaar wat toestemmingen bewijst zijn termijn, verzegeld",
    ),
    "help_erasures_no_proof": Phrase(
        "destroy what proves consents too",
        "vernietig ook wat toestemmingen bewijst",
    ),
}

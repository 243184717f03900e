"""What the demonstration says of rights, erasure and proof, in English and Dutch."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue import Phrase

RIGHTS: Final[Mapping[str, Phrase]] = {
    "rights_wait": Phrase("under way", "onderweg"),
    "rights_reason": Phrase("As you asked.", "Zoals je vroeg."),
    "fetched_first": Phrase(
        "A viewer downloads {photo} while that is allowed: who has it is on record.",
        "Een kijker downloadt {photo} zolang dat mag: wie hem heeft, ligt vast.",
    ),
    "recalling": Phrase("Calling it back", "Terugroepen"),
    "recalled": Phrase(
        "Whoever downloaded {photo} gets a mail to remove it, and opens its link: {link}",
        "Wie {photo} downloadde, krijgt een mail om hem weg te doen, en opent de link:"
        " {link}",
    ),
    "recall_answered": Phrase(
        "The viewer deletes the file and says so; the recall of {photo} is closed.",
        "De kijker gooit het bestand weg en zegt dat; {photo} is teruggeroepen.",
    ),
    "recalled_before": Phrase(
        "{photo} was called back before, and removed.",
        "{photo} was al teruggeroepen en weggedaan.",
    ),
    "masked": Phrase(
        "In {photo} {count} people are not cleared for the {channel}: an editor looks at"
        " it with their faces covered, and releases that version.",
        "Op {photo} mogen {count} mensen niet naar de {channel}: een redacteur bekijkt de"
        " foto met hun gezicht afgedekt, en geeft die versie vrij.",
    ),
    "masked_left": Phrase(
        "  the viewer gets that version of {photo}, and no other: {path}",
        "  de kijker krijgt die versie van {photo}, en geen andere: {path}",
    ),
    "copy_asked": Phrase(
        "{name} asks on her own page for a copy of all that is kept about her; an officer"
        " agrees, and it comes by mail.",
        "{name} vraagt op haar eigen pagina een kopie van alles wat over haar bewaard"
        " wordt; een functionaris willigt dat in, en de kopie komt per mail.",
    ),
    "deciding_request": Phrase("Upholding the request", "Verzoek inwilligen"),
    "copying": Phrase("Making her copy", "Haar kopie maken"),
    "copied": Phrase(
        "  in the ZIP of {size} MB: {pictures} pictures with {covered} faces of others"
        " covered, what she signed, and who received what; read {path}",
        "  in de ZIP van {size} MB: {pictures} foto's met {covered} gezichten van anderen"
        " afgedekt, wat ze tekende en wie wat kreeg; lees {path}",
    ),
    "copy_tells": Phrase(
        "  it tells her: staff received {photo} for the {channel}, on {day}.",
        "  er staat in: een medewerker kreeg {photo} voor de {channel}, op {day}.",
    ),
    "copied_before": Phrase(
        "{name} has her copy: {path}", "{name} heeft haar kopie: {path}"
    ),
    "erasure_asked": Phrase(
        "{name} has left, and asks at the counter to be erased; her passport is looked at"
        " and given back.",
        "{name} is weg, en vraagt aan de balie om gewist te worden; haar paspoort wordt"
        " bekeken en teruggegeven.",
    ),
    "collecting": Phrase("Looking through every store", "Elke opslag doorzoeken"),
    "erasure_planned": Phrase(
        "The plan: {found} things of hers were found. Nothing is touched yet.",
        "Het plan: er zijn {found} dingen van haar gevonden. Nog is er niets aangeraakt.",
    ),
    "erasure_planned_picture": Phrase("  {photo}: {words}", "  {photo}: {words}"),
    "erasure_confirmed": Phrase(
        "The officer confirms it. Her keys go first, so that no backup opens either.",
        "De functionaris bevestigt het. Eerst gaan haar sleutels, zodat ook geen back-up"
        " meer opengaat.",
    ),
    "erasing": Phrase("Erasing, and looking again", "Wissen, en opnieuw kijken"),
    "certified": Phrase(
        "The certificate is checked with the file alone, without a network: {command}",
        "Het certificaat wordt gecontroleerd met alleen het bestand, zonder netwerk:"
        " {command}",
    ),
    "certificate_changed": Phrase(
        "The same with one digit changed:", "Hetzelfde met één cijfer veranderd:"
    ),
    "erased_before": Phrase(
        "Somebody was erased before; the proof: {proof}",
        "Er was al iemand gewist; het bewijs: {proof}",
    ),
    "gathering": Phrase("Gathering the evidence", "Bewijs verzamelen"),
    "evidence": Phrase(
        "The evidence: {right} of {settings} settings were read as they have to be;"
        " registers, annex and promises are in {path}",
        "Het bewijs: {right} van {settings} instellingen zijn gelezen zoals ze moeten"
        " zijn; registers, bijlage en beloften staan in {path}",
    ),
    "evidence_tested": Phrase(
        "  {tested} of {promises} promises have tests that passed on this machine.",
        "  {tested} van {promises} beloften hebben tests die hier slaagden.",
    ),
    "evidence_untested": Phrase(
        "  it is red for now: of {promises} promises no test ran here yet (`make test`),"
        " and nothing is taken for shown.",
        "  nu nog rood: van {promises} beloften draaide hier nog geen test (`make test`),"
        " en niets geldt zomaar als bewezen.",
    ),
    "done_proof": Phrase(
        "The proof of the erasure, and the evidence: {proof} and {evidence}",
        "Het bewijs van het wissen, en van de beloften: {proof} en {evidence}",
    ),
    "sheet_covered": Phrase("Covered", "Afgedekt"),
    "sheet_covered_about": Phrase(
        "One colour, in a shape that follows the head: in the file that leaves nothing is"
        " left beneath it.",
        "Eén kleur, in een vorm die het hoofd volgt: in het bestand dat naar buiten gaat,"
        " zit er niets meer onder.",
    ),
    "sheet_inside": Phrase("Inside", "Binnen"),
    "sheet_outside": Phrase("As it leaves", "Zoals hij naar buiten gaat"),
    "sheet_covered_release": Phrase(
        "Released for the website: two of three people are not cleared for it.",
        "Vrijgegeven voor de website: twee van de drie mensen mogen daar niet op.",
    ),
    "sheet_covered_copy": Phrase(
        "In the copy that one of them asked for: everybody else is covered.",
        "In de kopie die een van hen vroeg: alle anderen zijn afgedekt.",
    ),
    "sheet_erased": Phrase(
        "One person was erased: the picture of her alone is gone. In {photo} she is"
        " covered for good, and the name of its file is gone. Certificate {number}.",
        "Eén mens is gewist: de foto van haar alleen is weg. Op {photo} is ze voorgoed"
        " afgedekt, en de naam die het bestand had is ook weg. Certificaat {number}.",
    ),
}

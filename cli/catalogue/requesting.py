"""The words for what people ask for themselves, and for freezing a picture."""

from typing import Final

from cli.catalogue.phrase import Phrase

REQUESTING: Final = {
    "subject_request_picture": Phrase("  About picture {asset}.", "  Over foto {asset}."),
    "subject_request_extended": Phrase(
        "  Put off by {months} months on {at}, by {by}.",
        "  Met {months} maanden uitgesteld op {at}, door {by}.",
    ),
    "subject_request_lifted": Phrase(
        "  Not frozen any more from {first} on; said on {at}, by {by}.",
        "  Niet meer bevroren vanaf {first}; gezegd op {at}, door {by}.",
    ),
    "subject_register": Phrase(
        "{count} requests written to {file}.", "{count} verzoeken geschreven in {file}."
    ),
    "restricted": Phrase(
        "{asset} is frozen: kept, and not used.",
        "{asset} is bevroren: bewaard en niet gebruikt.",
    ),
    "unrestricted": Phrase(
        "{asset} is not frozen by hand any more.",
        "{asset} is niet meer met de hand bevroren.",
    ),
    "help_restrict": Phrase(
        "freeze a picture: kept, and not used", "bevries een foto: bewaard, niet gebruikt"
    ),
    "help_unrestrict": Phrase(
        "end the freeze of a picture", "hef de bevriezing van een foto op"
    ),
    "help_restrict_asset": Phrase(
        "a picture: its id, the beginning of it, or the file's name",
        "een foto: het kenmerk, het begin ervan, of de bestandsnaam",
    ),
    "help_restrict_ground": Phrase(
        "why: something on record is disputed, its use was unlawful, it is needed for a"
        " claim, an objection is weighed, or caution",
        "waarom: iets staat ter discussie, het gebruik was onrechtmatig, nodig voor een"
        " vordering, een bezwaar wordt afgewogen, of voorzorg",
    ),
    "help_subject_identity": Phrase(
        "say how you know who asks", "zeg hoe je weet wie het vraagt"
    ),
    "help_subject_extend": Phrase(
        "put off the answer, once and within the first month",
        "stel het antwoord uit, eenmaal en binnen de eerste maand",
    ),
    "help_subject_lift": Phrase(
        "end a freeze that was granted, some days from now",
        "hef een toegewezen bevriezing op, over enkele dagen",
    ),
    "help_subject_register": Phrase(
        "write the register to a file for a spreadsheet",
        "schrijf het register in een bestand voor een rekenblad",
    ),
    "help_subject_enter": Phrase(
        "enter what somebody asked in another way than on their page",
        "voer in wat iemand anders dan op de eigen pagina vroeg",
    ),
    "help_subject_how": Phrase(
        "how you know: somebody here knows them, a document was seen, or it is a parent"
        " or guardian who was checked",
        "hoe je het weet: iemand hier kent ze, een document is gezien, of het is een"
        " nagegane ouder of voogd",
    ),
    "help_subject_months": Phrase("by how many months", "met hoeveel maanden"),
    "help_subject_told": Phrase(
        "how the person is told beforehand", "hoe de persoon het vooraf hoort"
    ),
    "help_subject_to": Phrase(
        "the file to write; it must not exist", "het bestand; het mag er nog niet zijn"
    ),
    "help_subject_person": Phrase(
        "who asks: an id, the beginning of it, or a name",
        "wie het vraagt: een kenmerk, het begin ervan, of een naam",
    ),
    "help_subject_kind": Phrase("what is asked", "wat er wordt gevraagd"),
    "help_subject_by": Phrase("how it reached us", "hoe het binnenkwam"),
    "help_subject_asked_on": Phrase(
        "the day on which it reached us; today if left out",
        "de dag waarop het binnenkwam; anders vandaag",
    ),
    "help_subject_details": Phrase(
        "what they say; kept sealed", "wat ze zeggen; verzegeld bewaard"
    ),
    "help_subject_asset": Phrase(
        "of a rectification: the picture", "van een rechtzetting: de foto"
    ),
    "help_subject_face": Phrase(
        "the face in it that is not them", "het gezicht erin dat ze niet zijn"
    ),
}

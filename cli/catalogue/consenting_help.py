"""What `--help` says of the life of a consent."""

from typing import Final

from cli.catalogue.phrase import Phrase

_WORDING: Final = Phrase(
    "a wording: its id or the beginning of it; the standard one, when left out",
    "een tekst: het kenmerk of het begin ervan; de standaardtekst, als het ontbreekt",
)
_SESSION: Final = Phrase(
    "a session: its title, or the beginning of its id",
    "een sessie: de titel, of het begin van het kenmerk",
)
_PERSON: Final = Phrase(
    "a person: the name, the id or the beginning of it",
    "een persoon: de naam, het kenmerk of het begin ervan",
)
_DAY: Final = Phrase("today, when left out", "vandaag, als het ontbreekt")
_GUARDIAN: Final = Phrase(
    "who signs for somebody under the age of consent",
    "wie tekent voor iemand onder de leeftijd voor toestemming",
)

CONSENT_HELP: Final = {
    "help_people_email": Phrase(
        "the address at which they are reached", "het adres waar iemand te bereiken is"
    ),
    "help_people_no_email": Phrase(
        "forget the address on record", "vergeet het geregistreerde adres"
    ),
    "help_people_speaks": Phrase(
        "the language in which they are written to: nl, en, de or fr",
        "de taal waarin iemand wordt aangeschreven: nl, en, de of fr",
    ),
    "help_people_born": Phrase("their day of birth", "de geboortedatum"),
    "help_people_country": Phrase(
        "the country whose age of consent counts, as two letters",
        "het land waarvan de leeftijd voor toestemming telt, in twee letters",
    ),
    "help_people_guardian": _GUARDIAN,
    "help_ask": Phrase(
        "ask people for consent, by mail or on a tablet",
        "vraag mensen om toestemming, per mail of op een tablet",
    ),
    "help_ask_people": Phrase(
        "a name or id on record, or 'Name <address>' for somebody new",
        "een geregistreerde naam of kenmerk, of 'Naam <adres>' voor iemand nieuw",
    ),
    "help_ask_file": Phrase(
        "a file with a row for each: name, email, language, country; or person",
        "een bestand met een rij voor ieder: name, email, language, country; of person",
    ),
    "help_ask_wording": _WORDING,
    "help_ask_tablet": Phrase(
        "print an address to sign at here, instead of sending a mail",
        "toon een adres om hier te tekenen, in plaats van een mail te sturen",
    ),
    "help_ask_session": _SESSION,
    "help_ask_picture": Phrase(
        "a picture that they see before they sign (may be repeated)",
        "een foto die ze zien voor ze tekenen (mag vaker)",
    ),
    "help_ask_photographer": Phrase("who took the pictures", "wie de foto's maakte"),
    "help_ask_speaks": Phrase(
        "the language for whoever is new and names none: nl, en, de or fr",
        "de taal voor wie nieuw is en geen taal noemt: nl, en, de of fr",
    ),
    "help_ask_namesakes": Phrase(
        "also ask whoever has the name of somebody on record",
        "vraag ook wie heet als iemand die er al staat",
    ),
    "help_ask_again": Phrase(
        "also ask whoever has a question open",
        "vraag ook wie nog een vraag open heeft staan",
    ),
    "help_requests": Phrase(
        "who was asked: list, show, remind, take back",
        "wie is gevraagd: tonen, herinneren, terugnemen",
    ),
    "help_ask_state": Phrase("show only those that stand so", "toon alleen wat zo staat"),
    "help_ask_limit": Phrase("list at most so many", "toon hoogstens zoveel"),
    "help_ask_show": Phrase("show one", "toon er een"),
    "help_ask_remind": Phrase(
        "send a reminder now, once a day at most",
        "stuur nu een herinnering, hoogstens eens per dag",
    ),
    "help_ask_cancel": Phrase("take the question back", "neem de vraag terug"),
    "help_ask_request": Phrase(
        "a request: its id or the beginning of it",
        "een verzoek: het kenmerk of het begin ervan",
    ),
    "help_consents": Phrase(
        "what somebody agreed to: show, get the document, take back, enter a form",
        "waar iemand mee instemde: tonen, document halen, intrekken, formulier invoeren",
    ),
    "help_consents_show": Phrase(
        "show what somebody was asked, signed and was told",
        "toon wat iemand is gevraagd, tekende en te horen kreeg",
    ),
    "help_consents_withdraw": Phrase(
        "take back on behalf of somebody who says so",
        "trek in namens iemand die dat zegt",
    ),
    "help_consents_document": Phrase(
        "get a signed document", "haal een getekend document op"
    ),
    "help_consents_enter": Phrase(
        "enter a form that was signed on paper, with its scan",
        "voer een op papier getekend formulier in, met de scan",
    ),
    "help_consents_person": _PERSON,
    "help_consents_grant": Phrase(
        "a consent: the id that `consents show` prints, or its beginning",
        "een toestemming: het kenmerk dat `consents show` toont, of het begin",
    ),
    "help_consents_all": Phrase(
        "everything that can be taken back", "alles wat kan worden ingetrokken"
    ),
    "help_consents_which": Phrase(
        "a document: its id or the beginning of it",
        "een document: het kenmerk of het begin ervan",
    ),
    "help_consents_to": Phrase("the file or folder to write to", "het bestand of de map"),
    "help_consents_scan": Phrase(
        "the scan: a PDF, JPEG or PNG of 4 MB at most",
        "de scan: een PDF, JPEG of PNG van hoogstens 4 MB",
    ),
    "help_consents_signed": Phrase(
        "the day on the form; terms run from it",
        "de dag op het formulier; de termijnen lopen vanaf dan",
    ),
    "help_consents_wording": _WORDING,
    "help_consents_in": Phrase("the language of the form", "de taal van het formulier"),
    "help_consents_channel": Phrase(
        "a channel that is ticked (may be repeated)",
        "een kanaal dat is aangekruist (mag vaker)",
    ),
    "help_consents_portrait": Phrase(
        "the portrait agreement is ticked", "de portretovereenkomst is aangekruist"
    ),
    "help_consents_biometric": Phrase(
        "recognition is ticked", "herkenning is aangekruist"
    ),
    "help_consents_name": Phrase(
        "the name on the form; the name on record, when left out",
        "de naam op het formulier; de geregistreerde naam, als het ontbreekt",
    ),
    "help_consents_email": Phrase(
        "the address on the form", "het adres op het formulier"
    ),
    "help_consents_born": Phrase("the day of birth", "de geboortedatum"),
    "help_consents_country": Phrase(
        "the country, as two letters", "het land, in twee letters"
    ),
    "help_consents_guardian": _GUARDIAN,
    "help_consents_relation": Phrase(
        "what the guardian is to the person", "wat diegene van de persoon is"
    ),
    "help_sessions": Phrase(
        "shoots and events: list, start, show, change, make the code to sign with",
        "opnames en evenementen: tonen, beginnen, wijzigen, de code om mee te tekenen",
    ),
    "help_sessions_limit": Phrase("list at most so many", "toon hoogstens zoveel"),
    "help_sessions_add": Phrase("start a session", "begin een sessie"),
    "help_sessions_title": Phrase(
        "what people know it by", "waaronder mensen het kennen"
    ),
    "help_sessions_day": _DAY,
    "help_sessions_place": Phrase("where it is", "waar het is"),
    "help_sessions_photographer": Phrase("who takes the pictures", "wie de foto's maakt"),
    "help_sessions_show": Phrase(
        "show who signed, and its codes", "toon wie tekende, en de codes"
    ),
    "help_sessions_change": Phrase(
        "say otherwise what is typed, and leave the rest",
        "wijzig wat is ingetypt, en laat de rest",
    ),
    "help_sessions_present": Phrase(
        "how many people were there", "hoeveel mensen er waren"
    ),
    "help_sessions_basis": Phrase(
        "on what its pictures are meant to rest: a proposal for each of them",
        "waarop de foto's moeten rusten: een voorstel voor elke foto",
    ),
    "help_sessions_no_basis": Phrase("propose none", "stel er geen voor"),
    "help_sessions_reference": Phrase(
        "the contract, law or decision, by its number",
        "het contract, de wet of het besluit, met het nummer",
    ),
    "help_sessions_channel": Phrase("for this channel", "voor dit kanaal"),
    "help_sessions_assessment": Phrase(
        "the assessment of a legitimate interest",
        "de afweging van een gerechtvaardigd belang",
    ),
    "help_sessions_code": Phrase(
        "make a code to print, with which whoever is there signs",
        "maak een code om af te drukken, waarmee wie er is tekent",
    ),
    "help_sessions_close": Phrase(
        "declare that nobody is in its pictures but who signed",
        "verklaar dat alleen wie tekende op de foto's staat",
    ),
    "help_sessions_reopen": Phrase(
        "take that declaration back: nobody is looked for by it any more",
        "neem die verklaring terug: er wordt niemand meer op grond ervan gezocht",
    ),
    "help_sessions_nobody_else": Phrase(
        "I declare it, and answer for it", "ik verklaar het, en sta ervoor in"
    ),
    "help_sessions_revoke": Phrase("take a code back", "trek een code in"),
    "help_sessions_session": _SESSION,
    "help_sessions_wording": _WORDING,
    "help_sessions_to": Phrase(
        "the SVG file to write", "het SVG-bestand om te schrijven"
    ),
    "help_sessions_which": Phrase(
        "a code: the beginning of its id", "een code: het begin van het kenmerk"
    ),
    "help_wordings": Phrase(
        "what people can be asked to sign: list, show, add",
        "wat mensen kunnen tekenen: tonen, toevoegen",
    ),
    "help_wordings_show": Phrase("show a wording whole", "toon een hele tekst"),
    "help_wordings_wording": _WORDING,
    "help_wordings_in": Phrase(
        "the language to show it in", "de taal om hem in te tonen"
    ),
    "help_wordings_add": Phrase("add a wording from a file", "voeg een tekst toe"),
    "help_wordings_file": Phrase(
        "JSON, as `POST /v1/wordings` takes it", "JSON, zoals `POST /v1/wordings` het wil"
    ),
    "help_wordings_version_of": Phrase(
        "make it the next version of this one", "maak het de volgende versie hiervan"
    ),
    "help_bases": Phrase(
        "legal bases of a picture besides consent: show, record, end",
        "grondslagen van een foto naast toestemming: tonen, vastleggen, beëindigen",
    ),
    "help_bases_show": Phrase("show them", "toon ze"),
    "help_bases_record": Phrase("record one", "leg er een vast"),
    "help_bases_apply": Phrase(
        "record what is proposed for its session", "leg vast wat de sessie voorstelt"
    ),
    "help_bases_end": Phrase("end one now", "beëindig er een nu"),
    "help_bases_asset": Phrase(
        "a picture: its id or the beginning of it",
        "een foto: het kenmerk of het begin ervan",
    ),
    "help_bases_kind": Phrase("what it is (GDPR 6)", "wat het is (AVG 6)"),
    "help_bases_reference": Phrase(
        "the contract, law or decision by its number; nobody's name",
        "de overeenkomst, de wet of het besluit met het nummer; geen naam van iemand",
    ),
    "help_bases_channel": Phrase(
        "a channel it is for (may be repeated)", "een kanaal waarvoor het is (mag vaker)"
    ),
    "help_bases_first_day": Phrase(
        "first day; today, when left out", "eerste dag; vandaag, als het ontbreekt"
    ),
    "help_bases_last_day": Phrase("last day", "laatste dag"),
    "help_bases_person": Phrase(
        "who has died, where relatives decide or decided: a name or an id",
        "wie is overleden, waar nabestaanden beslissen of beslisten: een naam of id",
    ),
    "help_bases_died": Phrase(
        "the day of that death, as 2026-11-23",
        "de dag van dat overlijden, als 2026-11-23",
    ),
    "help_bases_assessment": Phrase(
        "the record in which interests were weighed: see `governance`",
        "de vastlegging van de belangenafweging: zie `governance`",
    ),
    "help_bases_basis": Phrase(
        "a basis: its id or the beginning of it",
        "een grondslag: het kenmerk of het begin ervan",
    ),
    "help_subject_requests": Phrase(
        "what people ask for themselves: list, enter, show, decide",
        "wat mensen voor zichzelf vragen: tonen, invoeren, beslissen",
    ),
    "help_subject_state": Phrase(
        "show only those that stand so", "toon alleen wat zo staat"
    ),
    "help_subject_limit": Phrase("list at most so many", "toon hoogstens zoveel"),
    "help_subject_show": Phrase("show one", "toon er een"),
    "help_subject_uphold": Phrase("grant it", "wijs het toe"),
    "help_subject_dismiss": Phrase("refuse it", "wijs het af"),
    "help_subject_request": Phrase(
        "a request: its id or the beginning of it",
        "een verzoek: het kenmerk of het begin ervan",
    ),
    "help_subject_reason": Phrase(
        "why; the person is told", "waarom; de persoon krijgt het te horen"
    ),
}

"""What is said of asking for consent, of what was signed, and of other bases."""

from typing import Final

from cli.catalogue.phrase import Phrase

_NAMES: Final = {
    "delivery_link": Phrase("by mail", "per mail"),
    "delivery_qr": Phrase("by a code at a session", "met een code bij een sessie"),
    "delivery_tablet": Phrase("on a tablet", "op een tablet"),
    "delivery_paper": Phrase("on paper", "op papier"),
    "request_asked": Phrase("not answered yet", "nog niet beantwoord"),
    "request_answered": Phrase("answered", "beantwoord"),
    "request_lapsed": Phrase("lapsed", "verlopen"),
    "request_cancelled": Phrase("taken back", "teruggenomen"),
}

_ASKING: Final = {
    "asked_by_mail": Phrase(
        "{name} gets a mail with a link (request {request}).",
        "{name} krijgt een mail met een link (verzoek {request}).",
    ),
    "asked_on_tablet": Phrase(
        "{name} can sign here (request {request}); the address is shown once:",
        "{name} kan hier tekenen (verzoek {request}); het adres wordt één keer getoond:",
    ),
    "not_asked": Phrase("{name}: not asked: {why}", "{name}: niet gevraagd: {why}"),
    "asked_before": Phrase(
        "{name}: not asked: has a question open. Remind with `requests remind {request}`,"
        " or add --again.",
        "{name}: niet gevraagd: er staat nog een vraag open. Herinner met"
        " `requests remind {request}`, of voeg --again toe.",
    ),
    "namesake": Phrase(
        "{name}: not asked: somebody of this name is on record. Name them without an"
        " address, or add --namesakes if this is somebody else.",
        "{name}: niet gevraagd: er staat al iemand met deze naam. Noem die zonder adres,"
        " of voeg --namesakes toe als dit iemand anders is.",
    ),
    "asked_summary": Phrase(
        "{asked} asked, {refused} not; follow them with: python -m cli requests",
        "{asked} gevraagd, {refused} niet; volg ze met: python -m cli requests",
    ),
    "request_line": Phrase(
        "{id}  {name}: {state}; asked {how} on {asked}",
        "{id}  {name}: {state}; gevraagd {how} op {asked}",
    ),
    "no_requests": Phrase("Nobody was asked.", "Er is niemand gevraagd."),
    "request_wording": Phrase(
        "  Wording {wording}, in {spoken}.", "  Tekst {wording}, in het {spoken}."
    ),
    "request_open_until": Phrase(
        "  Can be answered until {until}.", "  Te beantwoorden tot {until}."
    ),
    "request_settled": Phrase("  Settled on {at}.", "  Afgehandeld op {at}."),
    "request_picture": Phrase("  About picture {asset}.", "  Over foto {asset}."),
    "reminded": Phrase("A reminder is on its way.", "Er is een herinnering onderweg."),
    "cancelled": Phrase(
        "The question is taken back; its link works no more.",
        "De vraag is teruggenomen; de link werkt niet meer.",
    ),
    "no_address": Phrase("no address", "geen adres"),
    "person_contact": Phrase(
        "  Reached at: {address}, in {spoken}.",
        "  Te bereiken: {address}, in {spoken}.",
    ),
}

_SIGNED: Final = {
    "consents_head": Phrase("{name}: {person_id}", "{name}: {person_id}"),
    "consents_document": Phrase(
        "  {id}  signed on {at}, {how}", "  {id}  getekend op {at}, {how}"
    ),
    "consents_no_document": Phrase(
        "  {id}  signed on {at}, {how}; the document is not there yet",
        "  {id}  getekend op {at}, {how}; het document is er nog niet",
    ),
    "consents_guardian": Phrase(
        "    A guardian signed.", "    Een ouder of voogd tekende."
    ),
    "consents_refused_all": Phrase(
        "    Said no to everything.", "    Zei overal nee op."
    ),
    "consents_mail": Phrase("  {at}  {what} {state}", "  {at}  {what} {state}"),
    "withdrawn_for": Phrase(
        "Taken back: {count}. It counts from now on, and the person is told.",
        "Ingetrokken: {count}. Het geldt vanaf nu, en de persoon krijgt bericht.",
    ),
    "nothing_withdrawn": Phrase(
        "There is nothing that can be taken back.", "Er is niets in te trekken."
    ),
    "form_entered": Phrase(
        "The form is on record as {document}, with its scan.",
        "Het formulier is vastgelegd als {document}, met de scan.",
    ),
}

_SESSIONS: Final = {
    "session_line": Phrase(
        "{id}  {title} ({day}): {signed} signed",
        "{id}  {title} ({day}): {signed} getekend",
    ),
    "no_sessions": Phrase(
        "No sessions; start one with: python -m cli sessions add TITLE",
        "Geen sessies; begin er een met: python -m cli sessions add TITEL",
    ),
    "session_added": Phrase(
        "{title} is on record as {session_id}.", "{title} is vastgelegd als {session_id}."
    ),
    "session_hint": Phrase(
        "Make the code to sign with: python -m cli sessions code {session}",
        "Maak de code om mee te tekenen: python -m cli sessions code {session}",
    ),
    "session_head": Phrase(
        "{title} ({day}): {session_id}", "{title} ({day}): {session_id}"
    ),
    "session_place": Phrase("  Place: {value}", "  Plaats: {value}"),
    "session_photographer": Phrase("  Photographer: {value}", "  Fotograaf: {value}"),
    "session_present": Phrase(
        "  There: {present}, of whom {unsigned} have not signed",
        "  Aanwezig: {present}, van wie {unsigned} niet hebben getekend",
    ),
    "session_closed": Phrase(
        "  Closed: {who} declared that nobody else is in its pictures",
        "  Gesloten: {who} verklaarde dat er niemand anders op de foto's staat",
    ),
    "nobody_signed": Phrase(
        "  Nobody has signed yet.", "  Er heeft nog niemand getekend."
    ),
    "code_made": Phrase(
        "Whoever has this address can sign at the session, until {until}. It is shown"
        " once:",
        "Wie dit adres heeft kan bij de sessie tekenen, tot {until}. Het wordt één keer"
        " getoond:",
    ),
    "code_saved": Phrase(
        "The code to print is in {path}.", "De code om af te drukken staat in {path}."
    ),
    "code_taken_back": Phrase("The code works no more.", "De code werkt niet meer."),
}

_WORDINGS: Final = {
    "wording_line": Phrase(
        "{id}  {title}, version {version} ({languages}): {channels}",
        "{id}  {title}, versie {version} ({languages}): {channels}",
    ),
    "wording_standard_line": Phrase(
        "{id}  {title}, the standard text, version {version} ({languages}): {channels}",
        "{id}  {title}, de standaardtekst, versie {version} ({languages}): {channels}",
    ),
    "wording_term": Phrase("{channel} {months} months", "{channel} {months} maanden"),
    "wording_head": Phrase(
        "{title}: {wording}, in {spoken} (there is: {languages})",
        "{title}: {wording}, in {spoken} (er is: {languages})",
    ),
    "wording_digest": Phrase("SHA-256: {sha256}", "SHA-256: {sha256}"),
    "wording_added": Phrase(
        "On record as {wording}; it never changes.",
        "Vastgelegd als {wording}; dit verandert nooit.",
    ),
}

_BASES: Final = {
    "basis_line": Phrase(
        "{id}  {channel}: {kind} ({reference}), through {until}",
        "{id}  {channel}: {kind} ({reference}), tot en met {until}",
    ),
    "basis_line_over": Phrase(
        "{id}  {channel}: {kind} ({reference}), through {until}; not in force",
        "{id}  {channel}: {kind} ({reference}), tot en met {until}; geldt nu niet",
    ),
    "basis_proposed": Phrase(
        "  Proposed for its pictures: {kind} ({reference}), for {channels}. It carries"
        " nothing until somebody records it: python -m cli bases apply ASSET",
        "  Voorgesteld voor de foto's: {kind} ({reference}), voor {channels}. Het draagt"
        " niets tot iemand het vastlegt: python -m cli bases apply FOTO",
    ),
    "error_nothing_proposed": Phrase(
        "Nothing is proposed for this picture, or it was recorded or ended before.",
        "Voor deze foto is niets voorgesteld, of dat is al vastgelegd of beëindigd.",
    ),
    "no_bases": Phrase(
        "Its use rests on consent alone.", "Het gebruik rust alleen op toestemming."
    ),
    "subject_request_line": Phrase(
        "{id}  {name}: {kind}. {state}. To be answered by {due}.",
        "{id}  {name}: {kind}. {state}. Te beantwoorden uiterlijk {due}.",
    ),
    "subject_request_overdue": Phrase(
        "{id}  {name}: {kind}. {state}. TOO LATE: was due by {due}.",
        "{id}  {name}: {kind}. {state}. TE LAAT: moest uiterlijk {due}.",
    ),
    "no_subject_requests": Phrase("Nobody asks for anything.", "Er zijn geen verzoeken."),
    "subject_request_asked": Phrase(
        "  Asked on {at}, by person {person}.",
        "  Gevraagd op {at}, door persoon {person}.",
    ),
    "subject_request_decided": Phrase(
        "  Decided on {at}, by {by}.", "  Beslist op {at}, door {by}."
    ),
}

_FAILURES: Final = {
    "file_not_a_scan": Phrase(
        "the scan is no PDF, JPEG or PNG, whatever its name says",
        "de scan is geen PDF, JPEG of PNG, wat de naam ook zegt",
    ),
    "file_scan_too_large": Phrase(
        "the scan is larger than 4 MB: scan it in grey or at 200 dpi",
        "de scan is groter dan 4 MB: scan in grijs of met 200 dpi",
    ),
    "error_nobody_to_ask": Phrase(
        "Say whom to ask: a name on record, 'Name <address>', or --file.",
        "Zeg wie: een geregistreerde naam, 'Naam <adres>', of --file.",
    ),
    "error_list_missing": Phrase(
        "There is no file {name}: check the path.",
        "Er is geen bestand {name}: controleer het pad.",
    ),
    "error_list_unreadable": Phrase(
        "{name} cannot be read: save it as CSV, in UTF-8.",
        "{name} is niet te lezen: bewaar het als CSV, in UTF-8.",
    ),
    "error_list_columns": Phrase(
        "{name} needs a first row that names its columns: name, email, language, country,"
        " or person.",
        "{name} heeft een eerste rij nodig die de kolommen noemt: name, email, language,"
        " country, of person.",
    ),
    "error_list_row": Phrase(
        "Row {row} of {name} is not filled in as the first one says: give a name or a"
        " person. Nobody was asked.",
        "Rij {row} van {name} is niet ingevuld zoals de eerste zegt: geef een naam of een"
        " persoon. Er is niemand gevraagd.",
    ),
    "error_unknown_request": Phrase(
        "No request begins with {given}: see `python -m cli requests`.",
        "Geen verzoek begint met {given}: zie `python -m cli requests`.",
    ),
    "error_unknown_session": Phrase(
        "No session is called {given} or begins so: see `python -m cli sessions`.",
        "Geen sessie heet {given} of begint zo: zie `python -m cli sessions`.",
    ),
    "error_unknown_code": Phrase(
        "No code of this session begins with {given}: see `python -m cli sessions show`.",
        "Geen code van de sessie begint met {given}: zie `python -m cli sessions show`.",
    ),
    "error_unknown_wording": Phrase(
        "No wording begins with {given}: see `python -m cli wordings`.",
        "Geen tekst begint met {given}: zie `python -m cli wordings`.",
    ),
    "file_not_a_wording": Phrase(
        "the file holds no wording: it is JSON as `POST /v1/wordings` takes it",
        "het bestand bevat geen tekst: het is JSON zoals `POST /v1/wordings` het wil",
    ),
    "error_unknown_document": Phrase(
        "No document begins with {given}: see `python -m cli consents show`.",
        "Geen document begint met {given}: zie `python -m cli consents show`.",
    ),
    "error_unknown_grant": Phrase(
        "No consent begins with {given}: see `python -m cli consents show`.",
        "Geen toestemming begint met {given}: zie `python -m cli consents show`.",
    ),
    "error_what_to_withdraw": Phrase(
        "Say what is taken back: the consents by their ids, or --all.",
        "Zeg wat wordt ingetrokken: de toestemmingen met hun kenmerk, of --all.",
    ),
    "error_unknown_basis": Phrase(
        "No basis of this picture begins with {given}: see `python -m cli bases show`.",
        "Geen grondslag van de foto begint met {given}: zie `python -m cli bases show`.",
    ),
    "error_unknown_subject_request": Phrase(
        "No request begins with {given}: see `python -m cli subject-requests`.",
        "Geen verzoek begint met {given}: zie `python -m cli subject-requests`.",
    ),
}

CONSENTS: Final = {
    **_NAMES,
    **_ASKING,
    **_SIGNED,
    **_SESSIONS,
    **_WORDINGS,
    **_BASES,
    **_FAILURES,
}

"""What `--help` says."""

from typing import Final

from cli.catalogue.phrase import Phrase

HELP: Final = {
    "help": Phrase(
        "Work with a Beeldrecht library, as yourself: begin with `login`. Only"
        " first-administrator, audit verify, dead-letters and redrive are for whoever"
        " runs it, with credentials of the AWS account.",
        "Werk met een Beeldrecht-beeldbank, als jezelf: begin met `login`. Alleen"
        " first-administrator, audit verify, dead-letters en redrive zijn voor wie hem"
        " draait, met gegevens van het AWS-account.",
    ),
    "help_epilog": Phrase(
        "Exit codes: 0 all done, 1 something could not be done, 2 wrong use.",
        "Exitcodes: 0 alles gedaan, 1 iets kon niet, 2 verkeerd gebruik.",
    ),
    "help_language": Phrase("language of the output", "taal van de uitvoer"),
    "help_login": Phrase("sign in with your browser", "meld je aan met je browser"),
    "help_logout": Phrase("sign out", "meld je af"),
    "help_whoami": Phrase(
        "say who is signed in and what they may do",
        "zeg wie is aangemeld en wat die mag",
    ),
    "help_at": Phrase(
        "address of the library (or the variable BEELDRECHT_URL)",
        "adres van de beeldbank (of de variabele BEELDRECHT_URL)",
    ),
    "help_no_browser": Phrase(
        "sign in with a browser on another machine",
        "meld je aan met een browser op een andere machine",
    ),
    "help_as": Phrase(
        "in the local cloud: sign in as one of its invented users, such as editor",
        "in de lokale cloud: meld je aan als een verzonnen gebruiker, zoals editor",
    ),
    "help_users": Phrase(
        "who has an account: list, invite, appoint, disable, enable",
        "wie een account heeft: tonen, uitnodigen, rollen geven, uit- en inschakelen",
    ),
    "help_users_invite": Phrase("invite somebody by mail", "nodig iemand per mail uit"),
    "help_users_email": Phrase(
        "the address to invite, and later to sign in with",
        "het adres om uit te nodigen, en om later mee aan te melden",
    ),
    "help_users_role": Phrase(
        "a role to give (may be repeated); what is not named is taken away",
        "een rol om te geven (mag vaker); wat niet is genoemd, vervalt",
    ),
    "help_users_appoint": Phrase(
        "give somebody exactly these roles", "geef iemand precies deze rollen"
    ),
    "help_users_disable": Phrase(
        "let somebody sign in no more", "laat iemand zich niet meer aanmelden"
    ),
    "help_users_enable": Phrase(
        "let somebody sign in again", "laat iemand zich weer aanmelden"
    ),
    "help_users_user": Phrase(
        "a user: the address, or the id or its beginning",
        "een gebruiker: het adres, of het kenmerk of het begin ervan",
    ),
    "help_first_administrator": Phrase(
        "invite the first administrator, with credentials of the AWS account",
        "nodig de eerste beheerder uit, met gegevens van het AWS-account",
    ),
    "help_email": Phrase(
        "the address to invite, and later to sign in with",
        "het adres om uit te nodigen, en om later mee aan te melden",
    ),
    "help_download": Phrase(
        "get a picture that may leave for a channel",
        "haal een foto op die voor een kanaal weg mag",
    ),
    "help_for_channel": Phrase(
        "the channel you need it for", "het kanaal waarvoor je hem nodig hebt"
    ),
    "help_to": Phrase("the file or folder to write to", "het bestand of de map"),
    "help_status": Phrase(
        "show only pictures with this status", "toon alleen foto's met deze status"
    ),
    "help_people": Phrase(
        "list people, show one of them, or add one",
        "toon mensen, een van hen, of voeg iemand toe",
    ),
    "help_add": Phrase("put somebody of this name on record", "registreer deze naam"),
    "help_limit_people": Phrase(
        "list at most so many people", "toon hoogstens zoveel mensen"
    ),
    "help_links": Phrase(
        "links to somebody's own page: list, make, take back",
        "links naar iemands eigen pagina: tonen, maken, intrekken",
    ),
    "help_make_link": Phrase("make a link", "maak een link"),
    "help_revoke_link": Phrase("take this link back", "trek deze link in"),
    "help_proposals": Phrase(
        "what waits for a second person", "wat op een tweede persoon wacht"
    ),
    "help_proposal_approve": Phrase("agree, so that it is done", "stem in en voer uit"),
    "help_proposal_reject": Phrase("turn it down", "wijs het af"),
    "help_proposal": Phrase(
        "a proposal: its id or the beginning of it",
        "een voorstel: het kenmerk of het begin ervan",
    ),
    "help_recognition": Phrase(
        "say how far recognition goes, or switch it",
        "zeg hoe ver herkenning gaat, of zet haar om",
    ),
    "help_mode": Phrase("how far it is to go", "hoe ver zij moet gaan"),
    "help_assessment": Phrase(
        "the signed impact assessment (DPIA) that carries it: see `governance`",
        "de getekende effectbeoordeling (DPIA) die haar draagt: zie `governance`",
    ),
    "help_upload": Phrase("upload pictures", "upload foto's"),
    "help_show": Phrase(
        "show pictures, who is in them and what is allowed",
        "toon foto's, wie erop staan en wat mag",
    ),
    "help_confirm": Phrase(
        "say that a face is this person", "zeg dat een gezicht deze persoon is"
    ),
    "help_reject": Phrase(
        "say that a face is not this person", "zeg dat een gezicht niet deze persoon is"
    ),
    "help_release": Phrase("release a picture for use", "geef een foto vrij"),
    "help_retry": Phrase(
        "have a picture received again", "laat een foto opnieuw ontvangen"
    ),
    "help_dead_letters": Phrase(
        "list messages that failed for good", "toon berichten die definitief mislukten"
    ),
    "help_templates": Phrase(
        "turn every stored measurement of a face by another secret",
        "draai elke bewaarde meting van een gezicht met een ander geheim",
    ),
    "help_templates_what": Phrase(
        "renew: begin, or go on; the old secret goes last",
        "renew: begin, of ga door; het oude geheim gaat als laatste weg",
    ),
    "help_redrive": Phrase(
        "put failed messages back in their queues",
        "zet mislukte berichten terug in hun wachtrij",
    ),
    "help_file": Phrase("a picture file", "een fotobestand"),
    "help_session": Phrase(
        "id of the session the pictures were taken at",
        "kenmerk van de sessie waar de foto's zijn gemaakt",
    ),
    "help_upload_origin": Phrase(
        "where the pictures come from: made by or for the organisation, or taken from a"
        " public address; unsaid is unknown",
        "waar de foto's vandaan komen: door of voor de organisatie gemaakt, of van een"
        " openbaar adres gehaald; ongezegd is onbekend",
    ),
    "help_asset": Phrase(
        "a picture: its id or the beginning of it",
        "een foto: het kenmerk of het begin ervan",
    ),
    "help_face": Phrase(
        "a face: its number in `show`, or its id",
        "een gezicht: het nummer in `show`, of het kenmerk",
    ),
    "help_person": Phrase(
        "a person: the id, its beginning, or the name that `show` prints",
        "een persoon: het kenmerk, het begin, of de naam die `show` toont",
    ),
    "help_channel": Phrase(
        "release for this channel only (may be repeated)",
        "geef alleen voor dit kanaal vrij (mag vaker)",
    ),
    "help_limit": Phrase("show at most so many pictures", "toon hoogstens zoveel foto's"),
}

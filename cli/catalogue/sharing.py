"""The words of the commands `shares`, `publications` and `package`."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue.phrase import Phrase

SHARING: Final[Mapping[str, Phrase]] = {
    "share_line": Phrase(
        "{id}  {count} pictures for {channel}, to {who}, until {day}, {fetched} fetched:"
        " {state}.",
        "{id}  {count} foto's voor {channel}, aan {who}, tot {day}, {fetched} opgehaald:"
        " {state}.",
    ),
    "share_line_collection": Phrase(
        "{id}  collection {collection} for {channel}, to {who}, until {day}, {fetched}"
        " fetched: {state}.",
        "{id}  collectie {collection} voor {channel}, aan {who}, tot {day}, {fetched}"
        " opgehaald: {state}.",
    ),
    "no_shares": Phrase("Nothing is shared.", "Er is niets gedeeld."),
    "share_made": Phrase(
        "Shared until {day}. The link is shown this once:\n{url}",
        "Gedeeld tot {day}. De link is alleen nu te zien:\n{url}",
    ),
    "share_mailed": Phrase(
        "The recipient is sent a link of their own.",
        "De ontvanger krijgt een eigen link per mail.",
    ),
    "share_dark": Phrase(
        "Note: {count} of them may not leave for this use now, and are not shown.",
        "Let op: {count} ervan mogen nu niet naar buiten en zijn niet te zien.",
    ),
    "share_revoked": Phrase(
        "{id} is taken back: it shows nothing any more.",
        "{id} is ingetrokken: de link toont niets meer.",
    ),
    "error_unknown_share": Phrase(
        "No share begins with {given}: see `python -m cli shares`.",
        "Geen gedeelde link begint met {given}: zie `python -m cli shares`.",
    ),
    "ask_share_password": Phrase("Password: ", "Wachtwoord: "),
    "publication_line": Phrase(
        "{id}  picture {asset} for {channel}, {where}: {state}.",
        "{id}  foto {asset} voor {channel}, {where}: {state}.",
    ),
    "no_publications": Phrase(
        "Nothing is in the register.", "Er staat niets in het register."
    ),
    "publication_may_not": Phrase(
        "Note: the picture may not be used so now.",
        "Let op: de foto mag nu niet zo worden gebruikt.",
    ),
    "error_unknown_publication": Phrase(
        "No publication begins with {given}: see `python -m cli publications`.",
        "Geen publicatie begint met {given}: zie `python -m cli publications`.",
    ),
    "package_refused": Phrase("Not in it: {id}. {why}", "Niet erbij: {id}. {why}"),
    "package_none": Phrase(
        "None of these may leave for this use now.",
        "Geen van deze mag nu zo weg.",
    ),
    "package_made": Phrase(
        "Saved as {path}: {count} pictures, {refused} refused.",
        "Bewaard als {path}: {count} foto's, {refused} geweigerd.",
    ),
    "help_shares": Phrase(
        "share pictures with somebody outside: list, new, revoke",
        "foto's delen met iemand van buiten: tonen, nieuw, intrekken",
    ),
    "help_shares_new": Phrase("make a link", "maak een link"),
    "help_shares_revoke": Phrase("take a share back", "trek een gedeelde link in"),
    "help_shares_share": Phrase("the share", "de gedeelde link"),
    "help_shares_until": Phrase("the last day", "de laatste dag"),
    "help_shares_fetch": Phrase(
        "they may fetch the pictures, too", "de foto's mogen ook worden opgehaald"
    ),
    "help_shares_most": Phrase("fetched so often at most", "hoogstens zo vaak opgehaald"),
    "help_shares_password": Phrase(
        "ask me for a password; tell it in another way",
        "vraag mij om een wachtwoord; vertel het op een andere manier",
    ),
    "help_shares_name": Phrase("who receives it", "wie de link krijgt"),
    "help_shares_email": Phrase(
        "mail them the link; a recall reaches them there",
        "mail de link; een terugroeping komt daar ook aan",
    ),
    "help_speaks": Phrase("the language of the mail", "de taal van de mail"),
    "help_use": Phrase("the use", "het gebruik"),
    "help_use_place": Phrase("where; the world if left out", "waar; anders de wereld"),
    "help_use_collection": Phrase(
        "instead: what is in this collection",
        "of: wat in deze collectie zit",
    ),
    "help_publications": Phrase(
        "what ran where: list, new, embed, end",
        "wat waar verscheen: tonen, nieuw, embed, beëindigen",
    ),
    "help_publications_new": Phrase(
        "say that a picture ran somewhere", "zeg dat een foto ergens verscheen"
    ),
    "help_publications_embed": Phrase(
        "make the address by which a website shows it while it may",
        "maak het adres waarmee een website de foto toont zolang dat mag",
    ),
    "help_publications_where": Phrase(
        "an address, or the title of what was printed",
        "een adres, of de titel van het drukwerk",
    ),
    "help_publications_end": Phrase("say that it is over", "zeg dat het voorbij is"),
    "help_publications_one": Phrase("the publication", "de publicatie"),
    "help_package": Phrase(
        "a ZIP of pictures, with a list of what may not leave and why",
        "een ZIP van foto's, met een lijst van wat niet mag en waarom",
    ),
    "help_package_to": Phrase("the file to write", "het bestand dat ontstaat"),
}

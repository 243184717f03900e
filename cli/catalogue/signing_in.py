"""What the command says of signing in, of who somebody is, and of nobody being there."""

from typing import Final

from cli.catalogue.phrase import Phrase

SIGN_IN: Final = {
    "sign_in_here": Phrase(
        "Sign in with your browser; if none opens, open this address yourself:",
        "Meld je aan met je browser; opent die niet, open dan zelf dit adres:",
    ),
    "sign_in_elsewhere": Phrase(
        "Open this address in any browser and sign in. Your browser ends at an address"
        " that begins with {callback} and shows nothing.",
        "Open dit adres in een browser en meld je aan. Je browser eindigt op een adres"
        " dat begint met {callback} en toont niets.",
    ),
    "sign_in_paste": Phrase(
        "Paste that whole address here: ", "Plak dat hele adres hier: "
    ),
    "signed_in": Phrase(
        "You are signed in at {address}.", "Je bent aangemeld bij {address}."
    ),
    "signed_out_now": Phrase("You are signed out.", "Je bent afgemeld."),
    "signed_out_before": Phrase(
        "Nobody was signed in here.", "Er was hier niemand aangemeld."
    ),
    "page_signed_in": Phrase("You are signed in", "Je bent aangemeld"),
    "page_signed_in_text": Phrase(
        "You can close this page and go on in the terminal.",
        "Je kunt deze pagina sluiten en verdergaan in de terminal.",
    ),
    "page_not_signed_in": Phrase("You are not signed in", "Je bent niet aangemeld"),
    "page_not_signed_in_text": Phrase(
        "The sign-in was broken off. Close this page and try again in the terminal.",
        "Het aanmelden is afgebroken. Sluit deze pagina en probeer het opnieuw in de"
        " terminal.",
    ),
    "page_not_ours": Phrase("Nothing to see here", "Hier is niets te zien"),
    "page_not_ours_text": Phrase(
        "This page belongs to another sign-in, or to none. Close it.",
        "Deze pagina hoort bij een andere aanmelding, of bij geen. Sluit haar.",
    ),
    "you_are": Phrase(
        "You are {user_id} at {address}.", "Je bent {user_id} bij {address}."
    ),
    "your_roles": Phrase("Your roles: {roles}.", "Je rollen: {roles}."),
    "no_roles": Phrase(
        "You have no role yet: ask an administrator for one.",
        "Je hebt nog geen rol: vraag er een aan een beheerder.",
    ),
    "you_may": Phrase("What you may do:", "Wat je mag doen:"),
    # -- what stands in the way ----------------------------------------------------------
    "error_signed_out": Phrase(
        "You are not signed in: run `python -m cli login`.",
        "Je bent niet aangemeld: voer `python -m cli login` uit.",
    ),
    "error_session_ended": Phrase(
        "Your session has ended: sign in again with `python -m cli login`.",
        "Je sessie is afgelopen: meld je opnieuw aan met `python -m cli login`.",
    ),
    "error_sign_in_again": Phrase(
        "This asks for a recent sign-in: run `python -m cli login` and try again.",
        "Hiervoor moet je net zijn aangemeld: voer `python -m cli login` uit en probeer"
        " het opnieuw.",
    ),
    "error_sign_in_failed": Phrase(
        "Signing in did not work ({code}): run `python -m cli login` once more.",
        "Aanmelden lukte niet ({code}): voer `python -m cli login` nog eens uit.",
    ),
    "error_port_taken": Phrase(
        "Another program uses port {port}, to which your browser would return: stop it,"
        " or run `python -m cli login --no-browser`.",
        "Een ander programma gebruikt poort {port}, waar je browser op zou terugkomen:"
        " stop het, of voer `python -m cli login --no-browser` uit.",
    ),
    "error_nobody_came": Phrase(
        "Nobody signed in within five minutes: run `python -m cli login` again.",
        "Niemand meldde zich binnen vijf minuten aan: voer `python -m cli login` opnieuw"
        " uit.",
    ),
    "error_no_address": Phrase(
        "Say where the library is: python -m cli login --at https://…",
        "Zeg waar de beeldbank is: python -m cli login --at https://…",
    ),
    "error_no_library": Phrase(
        "There is no library at {where}: check the address.",
        "Er is geen beeldbank op {where}: controleer het adres.",
    ),
    "error_unsafe_address": Phrase(
        "{where} is not encrypted: use an address that begins with https://.",
        "{where} is niet versleuteld: gebruik een adres dat met https:// begint.",
    ),
    "error_unanswered": Phrase(
        "Nothing answers at {where}: check the network and try again.",
        "Er antwoordt niets op {where}: controleer het netwerk en probeer het opnieuw.",
    ),
    "error_odd_answer": Phrase(
        "The library gave an answer that makes no sense (status {status}): try again,"
        " and tell your administrator if it stays.",
        "De beeldbank gaf een antwoord dat niet klopt (status {status}): probeer het"
        " opnieuw, en vertel het je beheerder als dat blijft.",
    ),
    "error_no_local_cloud": Phrase(
        "No local cloud with this library runs here: start one with `make demo`.",
        "Hier draait geen lokale cloud met deze beeldbank: start er een met `make demo`.",
    ),
    "error_no_such_demo_user": Phrase(
        "The local cloud has no user called {given}: choose from {known}.",
        "De lokale cloud heeft geen gebruiker {given}: kies uit {known}.",
    ),
    "user_line": Phrase(
        "{id}  {email}  {roles} ({status})", "{id}  {email}  {roles} ({status})"
    ),
    "user_without_role": Phrase("no role", "geen rol"),
    "account_active": Phrase("signs in", "meldt zich aan"),
    "account_invited": Phrase("invited", "uitgenodigd"),
    "account_disabled": Phrase("disabled", "uitgeschakeld"),
    "user_invited": Phrase(
        "{email} gets a mail with a password that holds three days.",
        "{email} krijgt een mail met een wachtwoord dat drie dagen geldt.",
    ),
    "error_unknown_user": Phrase(
        "Nobody has an account as {given}: see `python -m cli users`.",
        "Niemand heeft een account als {given}: zie `python -m cli users`.",
    ),
    "administrator_invited": Phrase(
        "{email} is invited as administrator, with a password that holds three days."
        " Invite a second one: nobody changes their own account.",
        "{email} is uitgenodigd als beheerder, met een wachtwoord dat drie dagen geldt."
        " Nodig er een tweede uit: niemand wijzigt het eigen account.",
    ),
    "administrator_already": Phrase(
        "{email} has signed in before, and is administrator now.",
        "{email} heeft zich al eens aangemeld, en is nu beheerder.",
    ),
    "error_administrator_there": Phrase(
        "Somebody administers the users already: ask them for an invitation.",
        "Iemand beheert de gebruikers al: vraag die om een uitnodiging.",
    ),
    "error_user_exists": Phrase(
        "Somebody with this address has an account: have an administrator appoint them.",
        "Iemand met dit adres heeft al een account: laat een beheerder de rol geven.",
    ),
}

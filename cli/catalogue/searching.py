"""The words of the command `search`."""

from typing import Final

from cli.catalogue.phrase import Phrase

SEARCHING: Final = {
    "search_nothing": Phrase(
        "No picture that you may see is so.", "Geen foto die jij mag zien is zo."
    ),
    "search_forgiven": Phrase(
        "Nothing says {word}; shown is what is written nearly so.",
        "Nergens staat {word}; getoond wordt wat er bijna zo uitziet.",
    ),
    "search_total": Phrase("{shown} of {total} pictures.", "{shown} van {total} foto's."),
    "search_facet": Phrase("{facet}: {values}.", "{facet}: {values}."),
    "search_column_asset": Phrase("picture", "foto"),
    "search_column_title": Phrase("title or file", "titel of bestand"),
    "search_column_taken": Phrase("taken", "gemaakt"),
    "search_column_status": Phrase("status", "stand"),
    "search_kept": Phrase("Kept as {title}.", "Bewaard als {title}."),
    "search_forgotten": Phrase(
        "{title} is kept no longer.", "{title} wordt niet meer bewaard."
    ),
    "search_kept_line": Phrase("{title}: {asked}", "{title}: {asked}"),
    "search_none_kept": Phrase("You keep no search.", "Je bewaart geen zoekvraag."),
    "error_unknown_search": Phrase(
        "You keep no search called {given}: see `python -m cli search --list-saved`.",
        "Je bewaart geen zoekvraag {given}: zie `python -m cli search --list-saved`.",
    ),
    "help_search": Phrase(
        "find pictures by words and by what they are; keep searches",
        "zoek foto's op woorden en op wat ze zijn; bewaar zoekvragen",
    ),
    "help_search_words": Phrase(
        "every word has to be said of it; wor* is how one begins",
        "elk woord moet erbij staan; woo* is hoe er een begint",
    ),
    "help_search_person": Phrase(
        "a person in it, by id", "iemand op de foto, met het kenmerk"
    ),
    "help_search_session": Phrase(
        "taken at that session, by id", "gemaakt bij die sessie, met het kenmerk"
    ),
    "help_search_collection": Phrase(
        "in that collection, by id", "in die collectie, met het kenmerk"
    ),
    "help_search_channel": Phrase(
        "what a channel allows: website:clear",
        "wat een kanaal toestaat: website:clear",
    ),
    "help_search_status": Phrase("in that status", "in die stand"),
    "help_search_orientation": Phrase(
        "lies_wide, stands_tall or is_square", "lies_wide, stands_tall of is_square"
    ),
    "help_search_media_type": Phrase(
        "that kind of file: image/jpeg", "dat soort bestand: image/jpeg"
    ),
    "help_search_uploader": Phrase(
        "sent by that user, by id", "gestuurd door die gebruiker, met het kenmerk"
    ),
    "help_search_month": Phrase("taken in that month: 2026-11", "uit die maand: 2026-11"),
    "help_search_from": Phrase(
        "taken on that day or later: 2026-11-23", "van die dag of later: 2026-11-23"
    ),
    "help_search_until": Phrase("taken on that day or sooner", "van die dag of eerder"),
    "help_search_ends_within": Phrase(
        "what is allowed now ends within so many days",
        "wat nu mag, eindigt binnen zoveel dagen",
    ),
    "help_search_order": Phrase("what comes first", "wat eerst komt"),
    "help_search_limit": Phrase("how many to show", "hoeveel er getoond worden"),
    "help_search_json": Phrase("as JSON, for programs", "als JSON, voor programma's"),
    "help_search_save": Phrase("keep it under that title", "bewaar dit onder die titel"),
    "help_search_saved": Phrase(
        "ask what is kept under that title", "vraag wat onder die titel is bewaard"
    ),
    "help_search_list_saved": Phrase("list what you keep", "toon wat je bewaart"),
    "help_search_forget": Phrase(
        "keep what has that title no longer", "bewaar wat die titel heeft niet meer"
    ),
}

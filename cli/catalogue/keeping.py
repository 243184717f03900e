"""The words of the command `retention`."""

from typing import Final

from cli.catalogue.phrase import Phrase

KEEPING: Final = {
    "retention_days": Phrase("{days} days", "{days} dagen"),
    "retention_endless": Phrase("until somebody ends it", "tot iemand het beëindigt"),
    "retention_term": Phrase(
        "{kind}: {days} (from {shortest} to {longest}). {words}",
        "{kind}: {days} (van {shortest} tot {longest}). {words}",
    ),
    "retention_guard": Phrase(
        "A run stops before it ends more than {share} of a hundred of a kind.",
        "Een ronde stopt voordat meer dan {share} van de honderd van een soort eindigt.",
    ),
    "retention_paused": Phrase(
        "Runs stand still: `python -m cli retention resume` has them go on.",
        "Rondes staan stil: `python -m cli retention resume` laat ze doorgaan.",
    ),
    "retention_looking": Phrase(
        "Nothing changes yet. See what it would end: `python -m cli retention preview"
        " {run}`.",
        "Er verandert nog niets. Bekijk wat er zou eindigen: `python -m cli retention"
        " preview {run}`.",
    ),
    "retention_run": Phrase("{run}  {state}", "{run}  {state}"),
    "retention_run_begun": Phrase("  Begun on {at}.", "  Begonnen op {at}."),
    "retention_wanted": Phrase("  Wanted: {kind}, {days}.", "  Gewenst: {kind}, {days}."),
    "retention_seen": Phrase(
        "  {kind}: {looked} there are, {dates} get another date, {ends} end at once.",
        "  {kind}: {looked} zijn er, {dates} krijgen een andere datum, {ends} eindigen"
        " meteen.",
    ),
    "retention_applied": Phrase(
        "  {kind}, so far: {looked} gone through, {dates} dated, {ends} of them end.",
        "  {kind}, tot nu toe: {looked} nagelopen, {dates} gedateerd, {ends} eindigen.",
    ),
    "retention_above": Phrase(
        "    That is more than the guard allows: confirm it with --above-guard.",
        "    Dat is meer dan de grens toelaat: bevestig het met --above-guard.",
    ),
    "error_unknown_term": Phrase(
        "{given} says no term: write for example mails=200 or assets=none.",
        "{given} zegt geen termijn: schrijf bijvoorbeeld mails=200 of assets=none.",
    ),
    "error_unknown_run": Phrase(
        "No run begins with {given}: see `python -m cli retention`.",
        "Geen ronde begint met {given}: zie `python -m cli retention`.",
    ),
    "help_retention": Phrase(
        "how long things are kept: show, change after a look, pause",
        "hoe lang iets wordt bewaard: tonen, wijzigen na een blik, stilzetten",
    ),
    "help_retention_show": Phrase(
        "show the terms, and the runs that are open",
        "toon de termijnen, en de rondes die open zijn",
    ),
    "help_retention_change": Phrase(
        "want other terms; nothing changes before you confirm what was seen",
        "wens andere termijnen; er verandert niets voordat je bevestigt wat is gezien",
    ),
    "help_retention_terms": Phrase(
        "a kind and its days, as in mails=200; none: no end",
        "een soort en zijn dagen, zoals mails=200; none: geen einde",
    ),
    "help_retention_guard": Phrase(
        "of a hundred, how many of a kind a run may end unasked",
        "van de honderd, hoeveel van een soort een ronde ongevraagd mag beëindigen",
    ),
    "help_retention_preview": Phrase(
        "show what a run would end, and how far it came",
        "toon wat een ronde zou beëindigen, en hoe ver hij is",
    ),
    "help_retention_confirm": Phrase(
        "say yes to what was seen", "zeg ja tegen wat is gezien"
    ),
    "help_retention_drop": Phrase(
        "give up a run that nobody confirmed", "zie af van een ronde die nog wacht"
    ),
    "help_retention_run": Phrase(
        "a run: its id or the beginning of it",
        "een ronde: het kenmerk of het begin ervan",
    ),
    "help_retention_above_guard": Phrase(
        "also to more than the guard lets a run end",
        "ook tegen meer dan de grens toelaat",
    ),
    "help_retention_pause": Phrase("have runs stand still", "zet rondes stil"),
    "help_retention_resume": Phrase("have runs go on", "laat rondes doorgaan"),
}

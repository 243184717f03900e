"""The words of the command `forecast`."""

from typing import Final

from cli.catalogue.phrase import Phrase

FORECASTING: Final = {
    "forecast_none": Phrase(
        "Nothing goes dark until {until}, if nobody does anything.",
        "Tot {until} gaat niets op zwart, als niemand iets doet.",
    ),
    "forecast_head": Phrase(
        "Pictures that go dark until {until}, if nobody does anything:",
        "Foto's die tot {until} op zwart gaan, als niemand iets doet:",
    ),
    "forecast_month": Phrase("month", "maand"),
    "forecast_collections": Phrase("By collection:", "Per collectie:"),
    "forecast_collection": Phrase(
        "  {id}  {month}, {channel}: {count}", "  {id}  {month}, {channel}: {count}"
    ),
    "forecast_behind": Phrase("{asset}  {channel}, {at}", "{asset}  {channel}, {at}"),
    "forecast_behind_none": Phrase(
        "No picture goes dark then: what was counted has changed meanwhile.",
        "Dan gaat geen foto op zwart: wat was geteld, is intussen veranderd.",
    ),
    "help_forecast": Phrase(
        "what goes dark when, by channel and collection",
        "wat wanneer op zwart gaat, per kanaal en collectie",
    ),
    "help_forecast_months": Phrase(
        "so many months, this one included (12)",
        "zoveel maanden, deze meegeteld (12)",
    ),
    "help_forecast_month": Phrase(
        "list the pictures of this month, with --channel",
        "toon de foto's van deze maand, met --channel",
    ),
    "help_forecast_channel": Phrase("of this channel alone", "van dit kanaal alleen"),
    "help_forecast_collection": Phrase(
        "of this collection alone", "van deze collectie alleen"
    ),
    "help_forecast_json": Phrase(
        "as JSON, for a program", "als JSON, voor een programma"
    ),
}

"""Who the recognition tests know, and when and where."""

from datetime import UTC, datetime

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
ASSET = "asset"
PEOPLE = ("barack_obama", "eileen_collins", "joe_biden")

"""What it costs: measured against a floor or a peer in the same run, asserted nowhere."""

from tools.sources import SOURCES

__all__ = ["SOURCES"]

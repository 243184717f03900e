"""The API's description for programs: docs/api/openapi.json, written from the code."""

from tools.sources import ROOT

__all__ = ["ROOT"]

"""Where everything lies, docs/security/stores.md, written from the registry."""

from tools.sources import ROOT

__all__ = ["ROOT"]

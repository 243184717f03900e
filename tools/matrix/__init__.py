"""The access matrix, docs/security/access-matrix.md, written from the code."""

from tools.sources import ROOT

__all__ = ["ROOT"]

"""The `beeldrecht` command: what staff do with a deployed library, from a shell.

It runs from a clone, where the rules and the functions' words are found by path.
"""

from tools.sources import ROOT

__all__ = ["ROOT"]

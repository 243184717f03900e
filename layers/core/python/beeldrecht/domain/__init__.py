"""The rules. Pure functions and frozen values; imports the standard library only."""

"""Readers of the file formats: structure, declared size and embedded blocks only.

They walk bytes and never decode a pixel. Whatever a later decoder relies on for memory
or time is checked here first.
"""

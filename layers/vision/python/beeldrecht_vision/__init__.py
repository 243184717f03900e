"""Seeing without knowing: reading pictures, finding faces, covering them.

Nothing in this package can compute a template. The embedding model, and the code that
runs it, are in another layer that the detecting function does not carry.
"""

"""Seeing without knowing: decoding pictures and finding faces, nothing biometric.

Nothing in this package can compute a template. The embedding model, and the code that
runs it, are in another layer that the detecting function does not carry.
"""

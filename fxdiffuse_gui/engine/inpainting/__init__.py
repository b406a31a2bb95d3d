"""Holes: the fill head that expects a structure, and patch matching that copies detail into it.

May import `network`, `conditions`, `effects` and `tiles.picture`.
"""

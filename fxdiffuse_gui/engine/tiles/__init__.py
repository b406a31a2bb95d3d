"""Photos of any size: the fixed grid of tiles, one tile's edit, the cache, the memory fallback.

May import every other part of the engine but `pipeline` and `measure`.
"""

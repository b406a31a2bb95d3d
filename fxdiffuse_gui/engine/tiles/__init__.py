"""Photos of any size: the grid of tiles, inpainting of holes, one tile's edit, cache, memory fallback.

May import `checkpoint` and every subpackage of the engine but `measure`; nothing of `pipeline`.
"""

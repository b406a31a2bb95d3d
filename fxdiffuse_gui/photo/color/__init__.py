"""Color: ICC profiles, read and written, and the spaces that an export can be converted to.

May import `core` and `photo.image`.
"""

"""Color: ICC profiles, read and written, and conversion to the color spaces of exports.

May import `core` and `photo.image`.
"""

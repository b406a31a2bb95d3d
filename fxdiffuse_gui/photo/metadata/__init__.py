"""EXIF, XMP and IPTC: read, corrected for the exported picture, and written into files.

May import `core`, `photo.codecs` and `photo.image`.
"""

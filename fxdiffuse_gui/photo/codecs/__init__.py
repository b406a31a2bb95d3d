"""Encoded pictures: which format a file has, and its samples, decoded and encoded. One module per format.

May import `core`, `photo.formats` and `photo.image`; not `metadata`, which builds on it.
"""

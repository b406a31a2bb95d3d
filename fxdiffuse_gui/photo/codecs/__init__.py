"""Encoded pictures: which format a file has, its samples, and its blocks of metadata.

One file per format or family. May import `core` and `photo.image`.
"""

"""Files ↔ arrays: decoding, orientation, ICC profiles, 16 bit, metadata, atomic writing.

`image` holds `Photo` and `PhotoError`, `reader` and `writer` the functions that others call, `sniff`,
`decode`, `metadata` and `atomic` their parts. May import the standard library, numpy and OpenImageIO;
never Qt, torch or the rest of fxdiffuse. Importing this package loads none of its modules.
"""

"""Photo files to arrays and back: `reader`, `writer`, and the receipt in an export. No Qt, no torch.

May import `core`. Inside: reader, writer, receipt → metadata → codecs → image, and color → image. Every file
is treated as hostile.
"""

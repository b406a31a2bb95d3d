"""The commands `fxdiffuse edit`, `batch`, `replay`, `doctor` and `bench`. No Qt.

May import `batch`, `document`, `engine`, `photo`, `core`, `doctor` and `bench`. Heavy libraries are imported
when they are needed.
"""

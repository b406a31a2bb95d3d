"""The commands `fxdiffuse edit`, `batch`, `replay`, `doctor` and `bench`. No Qt.

May import `batch`, `document`, `engine`, `photo`, `core`, `doctor` and `bench`, none of them before needed.
"""

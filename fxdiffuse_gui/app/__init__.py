"""The editor without its widgets: `session` and the parts it has. QtCore and QtGui alone.

May import `batch`, `document`, `engine`, `photo` and `core`; torch is loaded in a worker thread only.
"""

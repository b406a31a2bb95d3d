"""The editor without its widgets: state, undo, scheduling, the sampler thread. QtCore and QtGui only."""

"""Screenshots for the manual and the README: the real app, driven by synthetic events."""

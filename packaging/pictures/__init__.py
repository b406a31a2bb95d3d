"""The pictures of the manual and the README: the real app, driven by real events, and what is kept of it."""

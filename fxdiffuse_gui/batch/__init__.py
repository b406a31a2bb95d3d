"""Edits without a window: jobs, folders of photos, exports, and replays of receipts. No Qt.

The window exports through it as well. May import `document`, `engine`, `photo` and `core`.
"""

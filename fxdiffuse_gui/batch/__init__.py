"""Edits from file to file: jobs, folders of photos, exports, and replays of receipts. No Qt.

The window exports through `export_edit` too. May import `document`, `engine`, `photo` and `core`.
"""

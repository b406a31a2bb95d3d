"""Files behind the window: a thread that reads and writes photos, projects and masks, autosave, recovery.

May import `app.edit`, `app.render`, `batch`, `document` and `photo`.
"""

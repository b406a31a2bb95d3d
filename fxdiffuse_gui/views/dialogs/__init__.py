"""Dialogs: open, save, export, folders, models, recovery.

May import `app`, `views.widgets` and `views.style`.
"""

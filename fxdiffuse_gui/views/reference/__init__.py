"""The picture whose colors are taken: picker, library, and 'Match a look'.

May import `app`, `views.widgets` and `views.style`.
"""

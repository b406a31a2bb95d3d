"""The reference of the color transfer: picker and library; and 'Match a look'.

May import `app`, `views.widgets` and `views.style`.
"""

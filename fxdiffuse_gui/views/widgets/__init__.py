"""Small widgets that several rooms share. They know no session.

May import `core` and `views.style`.
"""

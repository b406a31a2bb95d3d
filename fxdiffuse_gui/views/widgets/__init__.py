"""Small widgets that several packages of `views` share. They do not know the session.

May import `core`, `photo` and `views.style`.
"""

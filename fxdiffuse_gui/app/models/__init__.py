"""The models that there are, which one is in use, and what their files say of themselves.

May import `app.render`, `app.files`, `engine` and `document`.
"""

"""The tools that paint the mask: brush, menu and tool rows. (The pointer tools that use them are in
`views.canvas`.)

May import `app`, `views.widgets` and `views.style`.
"""

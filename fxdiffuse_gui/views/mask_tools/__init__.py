"""The tools that paint the mask: brush, menu and tool rows. (What they draw on is `views.canvas`.)

May import `app`, `views.widgets` and `views.style`.
"""

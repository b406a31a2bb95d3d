"""A folder of photos edited behind the window, by the same jobs as the command line.

May import `app.session`, `batch` and what is below.
"""

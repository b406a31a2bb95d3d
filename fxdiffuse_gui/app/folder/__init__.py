"""A folder of photos edited in the background, by the same jobs as the command line.

May import `app.session`, `batch` and what is below.
"""

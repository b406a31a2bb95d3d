"""Settings to pictures: which picture the screen lacks, which edit runs now, and the threads that compute.

May import `app.edit`, `document`, `engine` and `photo`.
"""

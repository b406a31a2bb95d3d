"""`fxdiffuse doctor`: checks everything that fxdiffuse needs of a machine, and says what to do about
problems.

May import `batch`, `engine`, `photo` and `core`. Qt is started in a separate process.
"""

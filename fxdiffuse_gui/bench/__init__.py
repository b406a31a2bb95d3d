"""`fxdiffuse bench`: measures how fast fxdiffuse is on this machine, compared with its budgets.

May import `batch`, `engine`, `photo` and `core`. Qt is started in a separate process.
"""

"""Looks at everything that fxdiffuse needs of a machine: what is there, and what to do where it is off.

May import everything but `views`; Qt is started in a process of its own.
"""

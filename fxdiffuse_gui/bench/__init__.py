"""Measures how fast fxdiffuse is on this machine, beside what it is meant to be.

May import everything; Qt is started in a process of its own.
"""

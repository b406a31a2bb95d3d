"""Builds models: photographs to packs, training, evaluation, export.

Imports only fxdiffuse_gui.engine and fxdiffuse_gui.photo.
"""

"""Builds models: photographs to packs, training, evaluation, export.

Imports only `fxdiffuse_gui.engine`, `photo` and `core`. Its packages, from the top: `cli`, `training`,
`evaluation`, `data`; the modules here (`recipes`, `names`, `errors`, `files`, `progress`) serve all of them.
"""

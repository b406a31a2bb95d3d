"""The training loop on accelerate, its recipes, its state on disk, and short comparative runs (`search`).

May import `trainer.data`, and `fxdiffuse_gui.engine`, `photo` and `core`.
"""

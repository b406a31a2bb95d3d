"""The training loop on accelerate, its state and files on disk, and short comparative runs (`search`).

May import `trainer.data`, `trainer.evaluation` and `trainer.recipes`, and `fxdiffuse_gui.engine`, `photo` and
`core`.
"""

"""Models measured on photos that were not used in training: cases, metrics, intervals, tables, pages.

May import `trainer.data`, and `fxdiffuse_gui.engine`, `photo` and `core`.
"""

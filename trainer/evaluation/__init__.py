"""Models measured on photos that training never saw: cases, figures, intervals, tables, pages.

May import `trainer.data`, and `fxdiffuse_gui.engine`, `photo` and `core`.
"""

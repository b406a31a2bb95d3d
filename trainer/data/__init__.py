"""Photographs and clips to packs, and packs to batches: crops, effects and conditions of a seed and a step.

May import `trainer.recipes`, and `fxdiffuse_gui.engine`, `photo` and `core`.
"""

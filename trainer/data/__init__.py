"""Photographs and clips to packs, and packs to batches: crops, effects and conditions of a seed and a step.

May import `fxdiffuse_gui.engine`, `photo` and `core`.
"""

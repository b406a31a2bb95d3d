"""The commands of `fxdiffuse-train`. Heavy imports wait until a command runs.

May import every other part of the trainer.
"""

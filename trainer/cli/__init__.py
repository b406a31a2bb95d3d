"""The commands of `fxdiffuse-train`. Modules that import torch are imported only when a command runs.

May import every other part of the trainer.
"""

"""Names that the command line offers. They live apart so that `--help` need not import torch."""

RECIPE_NAMES = ("default", "fills", "finish", "grain", "polish", "paper", "tiny")
"""Recipes of `train`: functions of these names in `trainer.recipes`."""

SECTIONS = ("single", "pairs", "control", "steps", "fills", "flat", "tones", "seams")
"""Sections of `evaluate`: what each holds is in `trainer.evaluation.cases`."""

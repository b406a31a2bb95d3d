"""Inpainting: the fill head predicts the structure of a hole, patch matching copies detail into it.

Works on tensors that hold a hole and its surroundings. May import `network`, `effects` and `conditions`.
"""

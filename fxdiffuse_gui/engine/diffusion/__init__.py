"""Diffusion: denoisers with their preconditioning, noise levels σ and samplers.

Knows nothing of tiles and files. May import `inpainting`, `network`, `effects` and `conditions`.
"""

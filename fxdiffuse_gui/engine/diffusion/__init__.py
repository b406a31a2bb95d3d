"""Diffusion: preconditioning, noise in image coordinates, noise levels and samplers.

May import `network`, `inpainting`, `conditions` and `effects`; knows nothing of tiles and files.
"""

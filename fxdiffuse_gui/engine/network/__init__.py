"""The networks: label features f_θ(C), operator heads and the conditional U-Net F_θ.

They know nothing of preconditioning and files. May import `effects` and `conditions`.
"""

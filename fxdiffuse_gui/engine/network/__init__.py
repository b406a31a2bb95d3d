"""The networks: label features f_θ(C), operator heads, and the conditional U-Net.

They know neither noise levels nor files. May import `conditions` and `effects`.
"""

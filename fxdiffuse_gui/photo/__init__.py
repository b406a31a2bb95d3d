"""Files to arrays and back: `reader`, `writer`, and the receipt that an export carries. No Qt, no torch.

Imports `core` alone. Every file is read as if an enemy had written it.
"""

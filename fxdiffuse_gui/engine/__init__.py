"""The model and the effects: from a photo and an `EditCondition` to edited pixels, in tiles.

torch and no Qt; imports `core` alone. `pipeline` is the way in, `checkpoint` reads and writes models.
"""

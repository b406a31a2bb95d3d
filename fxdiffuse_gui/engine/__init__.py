"""The model and the effects: from a photo and an `EditCondition` to edited pixels, in tiles.

`pipeline` is the way in, `checkpoint` reads and writes models. Each part may import those to its right and
`core`: pipeline, tiles, checkpoint, diffusion, inpainting, network, effects, conditions. `measure` and
`proxy_preview` use the last two.
"""

"""The photo on screen: layers, tiles as they come, mask overlays, and the tools under the pointer.

May import `app`, `views.widgets`, `views.style` and the brush of `views.mask_tools`.
"""

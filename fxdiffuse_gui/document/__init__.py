"""The edit as data: its state, effect settings, presets, snapshots and project files. No Qt, no torch.

May import `engine.conditions`, `photo` and `core`.
"""

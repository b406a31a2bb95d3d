"""The panel of effects: a card for each row of the task table, presets, the seed, the pad over two effects.

May import `app`, `views.reference`, `views.widgets` and `views.style`.
"""

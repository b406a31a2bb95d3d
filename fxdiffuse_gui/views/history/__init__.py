"""The way here: steps and snapshots, two compared, variants side by side.

May import `app`, `views.canvas`, `views.widgets` and `views.style`.
"""

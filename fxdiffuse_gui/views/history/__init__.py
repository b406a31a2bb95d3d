"""The history: steps and snapshots, two snapshots compared, variants side by side.

May import `app`, `views.canvas`, `views.widgets` and `views.style`.
"""

"""Help: the manual, the keyboard map, the hints of the first start.

May import `app`, `views.canvas`, `views.effects`, `views.widgets` and `views.style`.
"""

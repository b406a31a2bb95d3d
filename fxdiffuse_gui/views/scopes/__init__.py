"""Live scopes of the picture on the canvas: histogram, waveform, RGB parade.

May import `app`, `views.widgets` and `views.style`.
"""

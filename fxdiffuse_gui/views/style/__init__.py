"""How the window looks: themes, palettes, icons, font, and the style sheet made from them.

May import `app.settings`, `app.language` and `core`.
"""

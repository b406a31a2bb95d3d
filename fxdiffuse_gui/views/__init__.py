"""The widgets, the only place for QtWidgets: `main_window` puts the rooms below together.

May import `app` and what is below; widgets talk to the session and not to each other.
"""

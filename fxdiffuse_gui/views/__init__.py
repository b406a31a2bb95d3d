"""The widgets, the only place for QtWidgets: `main_window` puts the rooms below together.

May import `app` and what is below. Widgets use the parts of the session and do not know each other. Within
`views`: main_window, menus → help, history, effects, canvas, dialogs … → widgets → style, never upward.
"""

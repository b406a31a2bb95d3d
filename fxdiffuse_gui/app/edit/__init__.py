"""What the artist changes: settings, mask and history, each change a step that can be undone.

No threads, no files. May import `document` and what is below.
"""

"""What `packaging/dev.py` is made of: system libraries, the virtual environment, the commands.

Standard library only, for it runs before anything is installed.
"""

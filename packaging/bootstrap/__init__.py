"""The parts of `packaging/dev.py`: system libraries, the virtual environment, the commands.

Standard library only, because it runs before anything is installed.
"""

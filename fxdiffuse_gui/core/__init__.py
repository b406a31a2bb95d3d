"""What every other package builds on: errors, translation, geometry, files, hashing, threads.

Standard library and numpy alone; imports nothing else of this program.
"""

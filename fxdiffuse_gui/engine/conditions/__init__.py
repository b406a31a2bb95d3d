"""The input of an edit: the photo (`picture`), the task table (`tasks`), the condition C, and C as tensors.

Only `batch` and `noise` load torch. Imports nothing of the engine; of the program `core` alone.
"""

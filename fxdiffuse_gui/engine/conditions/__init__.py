"""What is asked for: the task table, the paper's C as `EditCondition`, and both as tensors.

Only `batch` and `statistics` load torch. May import `core` and nothing else of the engine but `effects`.
"""

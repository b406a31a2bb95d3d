"""The one exception that the trainer's commands turn into a line on stderr."""


class TrainerError(ValueError):
    """Bad input; the message is one sentence that says what is wrong and what to do."""

"""`TrainerError`: what the trainer's commands print as one line on stderr."""

from fxdiffuse_gui.core.errors import UserError


class TrainerError(UserError):
    """Input that cannot be used; one sentence says what is wrong and what to do."""

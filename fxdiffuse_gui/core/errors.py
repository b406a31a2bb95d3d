"""`UserError`: the base class of every error whose message a user may read."""

from fxdiffuse_gui.core.i18n import Message


class UserError(ValueError):
    """An English sentence that says what is wrong and what to do.

    template: a literal, with a placeholder in braces for each of `names`. `str()` gives the sentence in
    English, as the command line prints it; the window shows `core.i18n.translated(error)`.
    """

    def __init__(self, template: str, /, **names: object) -> None:
        self.message = Message(template, names)
        super().__init__(template)

    def __str__(self) -> str:
        return str(self.message)


def os_reason(error: OSError | ValueError) -> object:
    """Why a path could not be used, as a name for the template of a `UserError`.

    The operating system's own words are not translated; a UserError is its own reason. Any other ValueError
    comes from a path that cannot exist.
    """
    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return Message("the path is not valid")

"""`UserError`: the base of every error whose sentence a user may read."""

from fxdiffuse_gui.core.i18n import Message


class UserError(ValueError):
    """One English sentence, as a literal template with a place in braces for each of `names`.

    It says what is wrong and what to do. `str()` gives it in English, as the command line prints it; the
    window shows `core.i18n.translated(error)`.
    """

    def __init__(self, template: str, /, **names: object) -> None:
        self.message = Message(template, names)
        super().__init__(template)

    def __str__(self) -> str:
        return str(self.message)

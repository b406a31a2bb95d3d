"""`SpokenError`: errors whose sentences the window can say in another language. Knows no Qt."""


class SpokenError(ValueError):
    """`text` is an English sentence with a place in braces for each of `names`; str() fills them in.

    The command line prints it as it is; the window looks `text` up in its catalog first.
    """

    def __init__(self, text: str, **names: object) -> None:
        super().__init__(text.format(**names) if names else text)
        self.text = text
        self.names = names


def phrase(text: str) -> str:
    """`text` as it is: a literal that comes to the window otherwise than in an error, to be translated."""
    return text

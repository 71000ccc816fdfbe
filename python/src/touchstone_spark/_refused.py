from collections.abc import Sequence


class Refused(ValueError):
    """Ends a call before any work is done: an option, the columns, the model or the session is not what it must be.

    Attributes:
        problems: all that is wrong, a sentence each, `name: expected what, found what`.
    """

    def __init__(self, problems: Sequence[str]):
        super().__init__("\n".join(problems))
        self.problems = list(problems)

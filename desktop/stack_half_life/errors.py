"""Failures that are expected, with messages fit to show to a person."""


class StackHalfLifeError(Exception):
    """Something the user can mend; its message is one clear line: where, and what is allowed."""


class StackFileError(StackHalfLifeError):
    """A stack file or a value in it cannot be used."""


class CacheError(StackHalfLifeError):
    """The profile cache cannot be opened, read or written."""


class EvidenceError(StackHalfLifeError):
    """A source of facts cannot be read."""


class ForecastError(StackHalfLifeError):
    """A forecast cannot be made from what was given."""


class ReportError(StackHalfLifeError):
    """A report cannot be written as asked."""


class CancelledError(StackHalfLifeError):
    """The user stopped a long task; nothing of it was kept."""

"""How a long task tells its caller how far it is, and learns that it is no longer wanted."""

from collections.abc import Callable

OnProgress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and a word on what is being done.

To stop the task the callable raises `CancelledError`; tasks call it often and keep nothing then.
"""


def ignore_progress(share: float, text: str) -> None:
    """For callers that do not care how far a task is."""
    del share, text


OnStep = Callable[[], None]
"""Called often within a task, between steps too small to count; what it raises ends the task."""


def no_step() -> None:
    """For callers that never end a task early."""

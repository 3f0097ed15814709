"""The command line run within the test's own process: fast, with all it says."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from stack_half_life.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON object on stdout, refusing NaN and infinities."""

        def refuse(constant: str) -> None:
            raise AssertionError(f"{constant} is no JSON")

        return json.loads(self.out, parse_constant=refuse)

    @property
    def error(self) -> str:
        """The one line of an expected failure."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert self.err.startswith("error: ")
        return self.err.removeprefix("error: ").rstrip("\n")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    """Run the command line with these arguments."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    said = capsys.readouterr()
    code = stopped.value.code
    assert isinstance(code, int)
    return Answer(code, said.out, said.err)

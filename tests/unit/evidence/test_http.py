from pathlib import Path

import pytest

from loopback import HASTY, STEADY, Loopback
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence import http
from stack_half_life.evidence.http import Patience, UnreachableError, get_bytes, open_session


def get(server: Loopback, path: str, patience: Patience = STEADY) -> bytes:
    address = server.url(path)
    return get_bytes(open_session(patience, address), address)


def test_an_answer_is_read_whole(server: Loopback) -> None:
    server.answers["/x"] = (200, "text/plain", b"words" * 100_000)
    assert get(server, "/x") == b"words" * 100_000


def test_a_server_that_fails_once_is_asked_again(server: Loopback) -> None:
    server.answers["/x"] = lambda before: (200 if before else 503, "text/plain", b"words")
    assert get(server, "/x") == b"words"
    assert server.asked["/x"] == 2


def test_a_server_that_drips_without_end_is_given_up(server: Loopback) -> None:
    server.dripping.add("/x")
    with pytest.raises(UnreachableError, match="does not answer in time"):
        get(server, "/x", Patience(total_seconds=0.5))


def test_a_server_that_hangs_is_given_up_after_the_retries(server: Loopback) -> None:
    server.hanging.add("/x")
    with pytest.raises(UnreachableError, match="does not answer in time"):
        get(server, "/x", HASTY)
    assert server.asked["/x"] == 2


def test_an_answer_that_breaks_off(server: Loopback) -> None:
    server.answers["/x"] = (200, "text/plain", b"words")
    server.breaking_off.add("/x")
    with pytest.raises(UnreachableError):
        get(server, "/x")


def test_an_answer_that_is_too_large(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_ANSWER_BYTES", 1000)
    server.answers["/x"] = (200, "text/plain", b"x" * 200_000)
    with pytest.raises(EvidenceError, match="the answer is too large"):
        get(server, "/x")


def test_a_server_cannot_lead_to_a_file(server: Loopback, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    server.moved["/x"] = (tmp_path / "secret").as_uri()
    with pytest.raises(EvidenceError, match="cannot be used as an address"):
        get(server, "/x")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://127.0.0.1:9/x", "cannot be reached"),
        ("file:///no/such/file", "answers with status 404"),
        ("gopher://x", "cannot be used as an address"),
        ("no address", "cannot be used as an address"),
        ("http://[", "cannot be used as an address"),
        ("http://user:secret@127.0.0.1:9/x?token=secret", "cannot be reached"),
    ],
)
def test_addresses_that_lead_nowhere_are_one_clear_line(address: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says) as caught:
        get_bytes(open_session(STEADY, address), address)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)

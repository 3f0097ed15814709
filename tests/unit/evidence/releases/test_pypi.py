import json
from datetime import date
from pathlib import Path

import pytest

from loopback import HASTY, STEADY, Loopback
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.http import Patience, UnreachableError
from stack_half_life.evidence.releases import PipSettings, read_releases
from stack_half_life.evidence.releases.pip_settings import read_pip_settings, settings_from
from stack_half_life.evidence.releases.pypi import pypi_versions

JSON = "application/vnd.pypi.simple.v1+json"


def page(*files: tuple[str, str], **more: object) -> tuple[int, str, bytes]:
    document = {
        "meta": {"api-version": "1.1"},
        "name": "widget",
        "versions": [],
        "files": [
            {
                "filename": name,
                "url": f"https://files.invalid/{name}",
                "hashes": {},
                **({"upload-time": f"{day}T10:00:00.000000Z"} if day else {}),
                **more,
            }
            for name, day in files
        ],
    }
    return 200, JSON, json.dumps(document).encode()


def versions(settings: PipSettings, patience: Patience = STEADY) -> dict[str, str]:
    dated, _ = pypi_versions("widget", settings, patience)
    return {one.version: one.released_on.isoformat() for one in dated}


def test_stable_versions_with_the_day_of_their_first_file(server: Loopback) -> None:
    server.answers["/simple/widget/"] = page(
        ("widget-1.0.tar.gz", "2020-01-02"),
        ("widget-1.0-py3-none-any.whl", "2020-01-01"),
        ("widget-1.1rc1.tar.gz", "2020-02-01"),
        ("widget-1.1.dev3.tar.gz", "2020-02-01"),
        ("widget-1.1.tar.gz", "2020-03-01"),
        ("widget-1.1.post1.tar.gz", "2020-04-01"),
        ("widget-2.0.tar.gz", ""),
        ("something else.txt", "2020-05-01"),
    )
    settings = PipSettings(index_url=server.url("/simple/"))
    assert versions(settings) == {"1.0": "2020-01-01", "1.1": "2020-03-01"}


def test_withdrawn_versions_are_left_out(server: Loopback) -> None:
    server.answers["/simple/widget/"] = page(("widget-1.0.tar.gz", "2020-01-02"), yanked="bad")
    assert versions(PipSettings(index_url=server.url("/simple/"))) == {}


def test_every_index_is_asked_and_the_oldest_file_counts(server: Loopback) -> None:
    server.answers["/one/widget/"] = page(("widget-1.0.tar.gz", "2020-01-02"))
    server.answers["/two/widget/"] = page(
        ("widget-1.0.tar.gz", "2019-01-02"), ("widget-2.0.tar.gz", "2021-01-01")
    )
    settings = PipSettings(
        index_url=server.url("/one/"),
        extra_index_urls=(server.url("/two/"), server.url("/none/")),
    )
    assert versions(settings) == {"1.0": "2019-01-02", "2.0": "2021-01-01"}


def test_an_index_that_fails_for_a_while_is_asked_again(server: Loopback) -> None:
    good = page(("widget-1.0.tar.gz", "2020-01-02"))
    server.answers["/simple/widget/"] = lambda before: good if before else (503, "text/plain", b"")
    assert versions(PipSettings(index_url=server.url("/simple/"))) == {"1.0": "2020-01-02"}
    assert server.asked["/simple/widget/"] == 2


def test_one_index_down_does_not_hide_the_other(server: Loopback) -> None:
    server.answers["/down/widget/"] = (503, "text/plain", b"")
    server.answers["/up/widget/"] = page(("widget-1.0.tar.gz", "2020-01-02"))
    settings = PipSettings(index_url=server.url("/down/"), extra_index_urls=(server.url("/up/"),))
    dated, notes = pypi_versions("widget", settings, STEADY)
    assert [one.version for one in dated] == ["1.0"]
    assert "status 503" in notes[0]


def test_a_folder_on_disk_is_an_index_too(tmp_path: Path) -> None:
    (tmp_path / "widget").mkdir()
    _, _, body = page(("widget-1.0.tar.gz", "2020-01-02"))
    (tmp_path / "widget" / "index.json").write_bytes(body)
    assert versions(PipSettings(index_url=tmp_path.as_uri() + "/")) == {"1.0": "2020-01-02"}


def test_an_index_of_plain_pages_gives_no_dates_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "widget").mkdir()
    link = '<a href="widget-1.0.tar.gz">widget-1.0.tar.gz</a>'
    (tmp_path / "widget" / "index.html").write_text(link)
    with pytest.raises(EvidenceError, match="without upload dates"):
        versions(PipSettings(index_url=tmp_path.as_uri() + "/"))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((404, "text/plain", b""), "no package index in use knows this package"),
        ((403, "text/plain", b""), "answers with status 403"),
        ((200, "application/pdf", b"%PDF"), "answers with no index page"),
        ((200, JSON, b'{"meta": {"api-ver'), "answers with no index page"),
        ((200, JSON, b"[]"), "answers with no index page"),
        ((200, JSON, b'{"meta": {"api-version": "9.0"}, "files": []}'), "answers with no index"),
    ],
)
def test_other_answers_are_one_clear_line(
    server: Loopback, answer: tuple[int, str, bytes], says: str
) -> None:
    server.answers["/simple/widget/"] = answer
    with pytest.raises(EvidenceError) as caught:
        versions(PipSettings(index_url=server.url("/simple/")))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_hangs_is_given_up(server: Loopback) -> None:
    server.hanging.add("/simple/widget/")
    with pytest.raises(UnreachableError, match="does not answer in time"):
        versions(PipSettings(index_url=server.url("/simple/")), HASTY)
    assert server.asked["/simple/widget/"] == 2


def test_no_server_at_all_and_secrets_in_the_address_are_not_shown(server: Loopback) -> None:
    port = server.address.rpartition(":")[2]
    address = f"http://user:secret@127.0.0.1:{port}/simple/"
    server.answers["/simple/widget/"] = (500, "text/plain", b"")
    with pytest.raises(EvidenceError) as caught:
        versions(PipSettings(index_url=address))
    assert "secret" not in str(caught.value)
    with pytest.raises(UnreachableError, match="cannot be reached"):
        versions(PipSettings(index_url="http://127.0.0.1:9/simple/"))


def test_pip_that_may_use_no_index() -> None:
    with pytest.raises(EvidenceError, match="no index"):
        versions(PipSettings(is_index_off=True))


def test_settings_as_pip_reports_them_with_the_environment_first() -> None:
    settings = settings_from(
        [
            ":env:.index-url='https://env.invalid/simple'",
            "global.index-url='https://file.invalid/simple'",
            "global.extra-index-url='\\nhttps://a.invalid\\nhttps://b.invalid'",
            "install.trusted-host='a.invalid'",
            "global.cert='/etc/own.pem'",
            "freeze.index-url='https://other.invalid'",
            "nonsense",
        ]
    )
    assert settings == PipSettings(
        index_url="https://env.invalid/simple",
        extra_index_urls=("https://a.invalid", "https://b.invalid"),
        certificates="/etc/own.pem",
        trusted_hosts=frozenset({"a.invalid"}),
    )


def test_settings_of_this_machines_pip_follow_its_environment() -> None:
    settings = read_pip_settings({"PIP_EXTRA_INDEX_URL": "https://more.invalid"})
    assert settings.extra_index_urls == ("https://more.invalid",)


def test_history_of_a_package(server: Loopback) -> None:
    told = (("1.0", 20), ("1.1", 21), ("2.0", 22))
    server.answers["/simple/widget/"] = page(
        *((f"widget-{version}.tar.gz", f"20{year}-01-01") for version, year in told)
    )
    history = read_releases(
        "pkg:pypi/widget@1.0",
        retrieved_on=date(2026, 1, 1),
        pip_settings=PipSettings(index_url=server.url("/simple/")),
        patience=STEADY,
    )
    assert history.purl == "pkg:pypi/widget"
    assert [(c.cycle, str(c.released_on), c.is_breaking) for c in history.cycles] == [
        ("1.0", "2020-01-01", True),
        ("1.1", "2021-01-01", False),
        ("2.0", "2022-01-01", True),
    ]
    assert [release.version for release in history.releases] == ["1.0", "1.1", "2.0"]


@pytest.mark.parametrize("purl", ["junk", "pkg:cargo/serde", "pkg:pypi", ""])
def test_other_purls_are_one_clear_line(purl: str) -> None:
    with pytest.raises(EvidenceError, match="pkg:pypi"):
        read_releases(purl, retrieved_on=date(2026, 1, 1), pip_settings=PipSettings())

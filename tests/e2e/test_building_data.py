"""`stack-half-life evidence build-data`: the documented command that rebuilds `data/`."""

from pathlib import Path

import pytest

from in_process import answer
from made_facts import made_data, write_made_facts


def test_the_fact_tables_are_rebuilt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = made_data(tmp_path / "expected")
    facts = write_made_facts(tmp_path / "facts")
    output = tmp_path / "data"
    output.mkdir()
    (output / "curation.toml").write_bytes((expected / "curation.toml").read_bytes())
    told = answer(capsys, "evidence", "build-data", str(facts), "-o", str(output))
    assert told.code == 0
    assert told.out == ""
    assert "technologies.csv: " in told.err
    for path in expected.glob("*.csv"):
        assert (output / path.name).read_bytes() == path.read_bytes()


def test_the_shipped_curation_fits_any_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write_made_facts(tmp_path / "facts")
    told = answer(capsys, "evidence", "build-data", str(facts), "-o", str(tmp_path / "new"))
    assert told.code == 0
    assert (tmp_path / "new" / "technologies.csv").is_file()


def test_a_folder_without_facts_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(capsys, "evidence", "build-data", str(tmp_path), "-o", str(tmp_path / "new"))
    assert told.code == 1
    assert told.error.endswith(": this folder has no endoflife_cycles.csv")
    assert not (tmp_path / "new").exists()


def test_an_output_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write_made_facts(tmp_path / "facts")
    (tmp_path / "file").touch()
    told = answer(capsys, "evidence", "build-data", str(facts), "-o", str(tmp_path / "file"))
    assert told.code == 1
    assert "cannot be made" in told.error

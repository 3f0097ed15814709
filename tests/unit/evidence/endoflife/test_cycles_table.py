"""Tables of release cycles: what is read, and one clear line for what cannot be."""

from datetime import date
from pathlib import Path

import pytest

from stack_half_life.domain.facts import SupportState
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.endoflife.cycles_table import (
    last_day_known,
    read_cycles_table,
    with_vintages,
)

TODAY = date(2026, 11, 23)
HEADER = "product,cycle,release_date,eol_date,eol_flag,lts\n"


def written(folder: Path, text: str, name: str = "cycles.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_minimal_table(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        HEADER
        + "a,1.0,2020-01-01,2021-01-01,,False\n"
        + "a,2.0,2021-01-01,,True,True\n"
        + "a,3.0,2022-01-01,,False,2022-06-01\n"
        + "b,1,,,,\n",
    )
    a, b = read_cycles_table(path, TODAY)
    assert [cycle.support for cycle in a.cycles] == [
        SupportState.DATED,
        SupportState.ENDED_DATE_UNKNOWN,
        SupportState.SUPPORTED,
    ]
    assert [cycle.is_lts for cycle in a.cycles] == [False, True, True]
    assert b.cycles[0].released_on is None
    assert last_day_known((a, b), TODAY) == date(2022, 1, 1)


def test_vintages_follow_the_product_id_and_leave_out_the_newest_listing(tmp_path: Path) -> None:
    cycles = written(tmp_path, HEADER + "new-name,1,2020-01-01,,False,False\n")
    vintages = written(
        tmp_path,
        "vintage,product,pid,cycle,release_date,eol_date,eol_flag,lts\n"
        "2022,old-name,new-name,1,2020-01-01,,False,False\n"
        "head,new-name,new-name,1,2020-01-01,,False,False\n"
        "2022,other,other,1,2020-01-01,,False,False\n",
        "vintages.csv",
    )
    (product,) = with_vintages(read_cycles_table(cycles, TODAY), vintages, TODAY)
    assert list(product.known_on) == [date(2022, 1, 1)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks the columns product, cycle"),
        ("product,cycle\na,1\n", "lacks the columns release_date"),
        (HEADER, "no rows"),
        (HEADER + "a,1,2020-13-01,,,\n", "line 2: release_date: .*2020-13-01"),
        (HEADER + "a,1,2020-01-01,soon,,\n", "line 2: eol_date: .*soon"),
        (HEADER + "a,1,2020-01-01,,maybe,\n", "eol_flag: “maybe”"),
        (HEADER + "a,1,2020-01-01\n", "line 2: has not as many fields"),
        (HEADER + "a,1,2020-01-01,,,,,,\n", "line 2: has not as many fields"),
        (HEADER + ",1,2020-01-01,,,\n", "must not be empty"),
        (HEADER + 'a,"1,2020-01-01,,,\n', "is not CSV"),
        ("\0\1\2", "binary"),
    ],
)
def test_what_is_no_cycles_table_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(EvidenceError, match=says) as failure:
        read_cycles_table(path, TODAY)
    assert str(path) in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_missing_file_and_a_table_of_other_products(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"none\.csv"):
        read_cycles_table(tmp_path / "none.csv", TODAY)
    products = read_cycles_table(written(tmp_path, HEADER + "a,1,2020-01-01,,,\n"), TODAY)
    strange = written(tmp_path, "vintage," + HEADER + "2022,b,1,2020-01-01,,,\n", "v.csv")
    with pytest.raises(EvidenceError, match="none of the products"):
        with_vintages(products, strange, TODAY)


def test_only_future_releases_leave_nothing_known(tmp_path: Path) -> None:
    products = read_cycles_table(written(tmp_path, HEADER + "a,1,2030-01-01,,,\n"), TODAY)
    with pytest.raises(EvidenceError, match="release date up to today"):
        last_day_known(products, TODAY)

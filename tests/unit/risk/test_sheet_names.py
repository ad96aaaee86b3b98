"""The names of units in a sheet: short where that is enough, and each read as the unit for which it was written."""

import pytest

from services.risk.sheet_names import Units

# Of each enterprise the paths of its units, by letters that stand for their ids.
TREES = {
    "plain": {"a": ["全厂"], "b": ["全厂", "一车间"], "c": ["全厂", "一车间", "甲班"], "d": ["全厂", "二车间", "甲班"]},
    "slashes": {
        "a": ["全厂"],
        "b": ["全厂", "水／电班"],
        "c": ["全厂", "水/电班"],
        "d": ["全厂", "水"],
        "e": ["全厂", "水", "电班"],
    },
    "ends": {"a": ["全厂"], "b": ["全厂", "/甲/"], "c": ["全厂", "甲"], "d": ["全厂", "／"]},
    "backslashes": {"a": ["厂"], "b": ["厂", "甲\\/乙"], "c": ["厂", "甲/乙"], "d": ["厂", "甲\\"], "e": ["厂", "甲\\", "乙"]},
    "one within the other": {"a": ["厂"], "b": ["厂", "甲"], "c": ["厂", "厂"], "d": ["厂", "厂", "甲"], "e": ["厂", "厂/甲"]},
}


@pytest.mark.parametrize("paths", TREES.values(), ids=TREES)
def test_what_is_written_for_a_unit_is_read_as_that_unit(paths: dict[str, list[str]]) -> None:
    units = Units.at(paths)

    assert {unit_id: units.named(name) for unit_id, name in units.names().items()} == {unit_id: [unit_id] for unit_id in paths}


@pytest.mark.parametrize(
    ("tree", "told", "found"),
    [("plain", "一车间", "b"), ("plain", "一车间/甲班", "c"), ("plain", "一车间／甲班/", "c"), ("plain", "全厂/二车间/甲班", "d"),
     ("plain", "甲班", "cd"), ("plain", "三车间", ""), ("slashes", "水／电班", "b"), ("slashes", "水/电班", "ce"),
     ("slashes", "全厂/水\\/电班", "c"), ("slashes", "全厂/水/电班", "e"), ("ends", "甲", "c"), ("ends", "全厂／甲", "c")],
)  # fmt: skip
def test_people_may_write_a_part_of_a_path_and_either_slash(tree: str, told: str, found: str) -> None:
    assert sorted(Units.at(TREES[tree]).named(told)) == sorted(found)


def test_a_unit_is_told_by_its_name_alone_unless_another_is_called_so() -> None:
    assert Units.at(TREES["plain"]).names() == {"a": "全厂", "b": "一车间", "c": "全厂/一车间/甲班", "d": "全厂/二车间/甲班"}

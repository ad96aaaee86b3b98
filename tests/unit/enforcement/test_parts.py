"""Findings, officers, check tables, authorities and document numbers."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.enforcement.domain import wording
from services.enforcement.domain.authority import Authority, Sector, require_enforcing, seal, sector_of, successor
from services.enforcement.domain.check_item import CheckItem
from services.enforcement.domain.check_table import CheckTable
from services.enforcement.domain.document import Document, Form, Number
from services.enforcement.domain.finding import check_results, make_findings
from services.enforcement.domain.officer import require_present, require_team
from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enforcement.builders import ITEMS, NOW, TODAY, a_finding, a_team, an_inspection, an_officer, answers, told


def found(*given: dict[str, Any]) -> list[Any]:
    failed = [g["item_number"] for g in given if g["item_number"]]
    return make_findings(ITEMS, check_results(ITEMS, answers(*failed)), given, TODAY)


@pytest.mark.parametrize("given", [answers()[:2], [*answers(), answers()[0]], [*answers()[:2], {"number": 9, "result": "passed"}]])
def test_every_item_of_the_table_is_answered_once(given: list[dict[str, Any]]) -> None:
    with pytest.raises(Invalid) as refusal:
        check_results(ITEMS, given)

    assert refusal.value.code == "inspection.results_incomplete"


def test_what_a_finding_leaves_out_comes_from_its_item() -> None:
    limited, on_site = found(told(1), told(2))

    assert (limited.hazard_class, limited.basis, limited.item_code) == ("general_limited", "《安全生产法》第三十六条", "CK-1")
    assert limited.deadline_on == TODAY + timedelta(days=15)
    assert (on_site.hazard_class, on_site.deadline_on) == ("general_on_site", TODAY)


def test_the_deadline_of_a_major_hazard_is_given_in_each_case() -> None:
    with pytest.raises(Invalid, match="整改期限"):
        found(told(3))

    (major,) = found(told(3, deadline_on=TODAY + timedelta(days=40)))
    assert (major.hazard_class, major.criterion_code) == ("major", "GM-08-02")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (told(None), "inspection.finding_unclear"), (told(None, hazard_class="major"), "inspection.finding_unclear"),
        (told(None, hazard_class="general_limited", basis="某法"), "inspection.deadline_missing"),
        (told(1, criterion_code="GM-01-01"), "inspection.criterion_not_major"),
        (told(1, deadline_on=TODAY - timedelta(days=1)), "inspection.wrong_deadline"),
        (told(1, deadline_on=TODAY + timedelta(days=366)), "inspection.wrong_deadline"),
    ],
)  # fmt: skip
def test_a_finding_that_lacks_or_breaks_something_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        found(given)

    assert refusal.value.code == code


def test_failed_items_and_findings_answer_each_other() -> None:
    results = check_results(ITEMS, answers(1))
    with pytest.raises(Invalid, match="应说明"):
        make_findings(ITEMS, results, [], TODAY)
    with pytest.raises(Invalid, match="应为不合格"):
        make_findings(ITEMS, results, [told(1), told(2)], TODAY)


def test_one_finding_is_entered_once() -> None:
    same = told(1)

    with pytest.raises(Invalid, match="重复"):
        found(same, same)


@pytest.mark.feature("ENF-28")
@pytest.mark.parametrize(
    ("day", "is_valid"),
    [(date(2024, 1, 1), True), (date(2028, 12, 31), True), (date(2023, 12, 31), False), (date(2029, 1, 1), False)],
)
def test_a_certificate_holds_from_its_first_to_its_last_day(day: date, is_valid: bool) -> None:
    assert an_officer().is_valid_on(day) == is_valid


@pytest.mark.parametrize("unfit", [{"valid_to": TODAY - timedelta(days=1)}, {"is_active": False}, {"conflicts": ["here"]}])
def test_who_is_unfit_is_not_sent(unfit: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        require_team([*a_team(2), an_officer(**unfit)], TODAY, "here")


def test_where_officers_have_accounts_one_of_them_enters_what_they_did() -> None:
    team = [an_officer(account_id="a"), an_officer()]

    require_present(team, "a")
    require_present(a_team(), "anybody")
    with pytest.raises(Forbidden):
        require_present(team, "b")


def test_a_retired_officer_stays_as_he_was() -> None:
    officer = an_officer()
    officer.retire()

    for change in (officer.retire, lambda: officer.write({})):
        with pytest.raises(Conflict):
            change()


def test_a_certificate_ends_no_earlier_than_it_begins() -> None:
    with pytest.raises(Invalid):
        an_officer().write({"valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)})


def a_table(**values: Any) -> CheckTable:
    return CheckTable(ids.new_id(), "520102", "emergency", "520102", "GM04", "机械行业检查表", **values)


@pytest.mark.feature("ENF-03")
def test_an_edition_is_frozen_when_the_next_is_published() -> None:
    table = a_table()
    first = table.publish("one", ITEMS[:2])

    second = table.publish("two", ITEMS[2:], "新名称")

    assert ([i["code"] for i in first.items], first.edition, first.name) == (["CK-1", "CK-2"], 1, "机械行业检查表")
    assert ([(i["number"], i["code"]) for i in second.items], second.edition, table.name) == ([(1, "CK-3")], 2, "新名称")


def test_an_item_stands_once_in_a_table() -> None:
    with pytest.raises(Invalid):
        a_table().publish("one", [ITEMS[0], ITEMS[0]])


def test_a_disabled_table_is_left_alone() -> None:
    table = a_table(is_active=False)

    for change in (lambda: table.publish("x", ITEMS), lambda: table.share(True), table.disable):
        with pytest.raises(Conflict):
            change()


@pytest.mark.parametrize(
    "wrong", [{"criterion_code": "GM-01-01"}, {"default_deadline_days": 0}], ids=["criterion of no major hazard", "no days"]
)
def test_a_check_item_is_of_one_piece(wrong: dict[str, Any]) -> None:
    item = CheckItem(ids.new_id(), "520102", "emergency", "520102", "CK-X")
    content = {name: ITEMS[0].get(name) for name in ("category", "item", "methods", "law", "article", "hazard_class")}
    content |= {"industry": "GM", "default_deadline_days": 5, "offence_code": None, "criterion_code": None}
    item.write(content)

    with pytest.raises(Invalid):
        item.write(content | wrong)


def test_an_item_is_switched_only_to_the_other_side() -> None:
    item = CheckItem(ids.new_id(), "520102", "emergency", "520102", "CK-X")
    with pytest.raises(Conflict):
        item.enable()
    item.disable()
    with pytest.raises(Conflict):
        item.disable()
    item.enable()
    assert item.is_active


@pytest.mark.parametrize(
    ("industries", "sector"),
    [
        (("*",), "emergency"), (("JZ", "RQ01"), "housing"), (("YS",), "transport"), (("GM04",), "emergency"), (("MK",), "energy"),
        (("JY",), "other"), (("JZ", "YS"), "other"), ((), "other"), (("JZ", "GM"), "emergency"),
    ],
)  # fmt: skip
def test_the_sector_follows_from_the_industries(industries: tuple[str, ...], sector: str) -> None:
    assert sector_of(industries) == sector


@pytest.mark.parametrize(
    ("region", "sector", "name", "short", "wanted"),
    [
        ("520102", "emergency", "南明区", "南明", ("南明区应急管理局", "（黔南明）应急责改〔2026〕12号", "南明区人民政府")),
        ("520100", "housing", "贵阳市", "贵阳", ("贵阳市住房和城乡建设局", "（黔贵阳）住建责改〔2026〕12号", "贵阳市人民政府")),
        ("520000", "emergency", "贵州省", "贵州", ("贵州省应急管理厅", "（黔）应急责改〔2026〕12号", "贵州省人民政府")),
        ("520900", "emergency", "贵安新区", "贵安", ("贵安新区应急管理局", "（黔贵安）应急责改〔2026〕12号", "贵州省人民政府")),
    ],
)
def test_an_authority_names_itself(region: str, sector: str, name: str, short: str, wanted: tuple[str, ...]) -> None:
    authority = Authority(region, sector)
    made = seal(authority, name, short)

    assert (made.name, Number(authority, made, Form.ORDER, 2026).text(12), made.government) == wanted
    assert seal(authority, name, short, "某局").name == "某局"


def test_each_authority_form_and_year_has_its_own_numbers() -> None:
    made = seal(Authority("520102", Sector.EMERGENCY), "南明区", "南明")
    series = {
        Number(Authority(region, sector), made, form, year).series
        for region in ("520102", "520103") for sector in ("emergency", "housing") for form in Form for year in (2026, 2027)
    }  # fmt: skip

    assert len(series) == 2 * 2 * 5 * 2


def test_townships_help_and_do_not_enforce() -> None:
    require_enforcing("520102")
    require_enforcing("520900")
    with pytest.raises(Forbidden):
        require_enforcing("520102001")


@pytest.mark.parametrize(
    ("authority", "place", "wanted"),
    [
        ("520102", "520102001", "520102"), ("520102", "520203", "520203"), ("520100", "520103", "520100"),
        ("520100", "520203", "520200"), ("520000", "520203", "520000"), ("520102", "520900", "520900"),
        ("520100", "520900", "520900"),
    ],
)  # fmt: skip
def test_matters_pass_to_the_same_level_at_the_new_place(authority: str, place: str, wanted: str) -> None:
    assert successor(authority, place) == wanted


def test_a_document_is_voided_once_and_reissued_only_then() -> None:
    document = Document("d", "i", "e", "520102", None, "某厂", "520102", "emergency", "某局", "WS05", "某号", TODAY, "t")
    with pytest.raises(Conflict):
        document.require_voided()

    document.void("期限写错", "陈队长", NOW)

    document.require_voided()
    with pytest.raises(Conflict):
        document.void("再次作废", "陈队长", NOW)


def test_an_order_on_paper_says_what_by_when_and_where_to_turn() -> None:
    made = seal(Authority("520102", Sector.EMERGENCY), "南明区", "南明")
    sheet = wording.rectify(an_inspection(), made, TODAY, [a_finding()], wording.signatures([], "负责人", None, "不在场"))

    words = str(sheet)
    for wanted in (
        "防护罩缺失",
        "安装防护罩",
        "2026年3月25日",
        "南明区人民政府申请行政复议",
        "六个月",
        "拒绝签名（不在场）",
        "贵阳某厂",
    ):
        assert wanted in words

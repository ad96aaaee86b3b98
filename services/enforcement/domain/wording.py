"""What stands in each legal document: blocks of a form, in the wording of the national set (安全生产行政执法文书).

A block is one of ``fields`` (label and value), ``text`` (paragraphs), ``list`` (numbered), ``table`` and ``signatures``;
``forms/document.typ`` knows how each looks on paper, and nothing of what they say.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from services.enforcement.domain.authority import Seal
from services.enforcement.domain.document import NAMES, Form
from services.enforcement.domain.finding import Finding
from services.enforcement.domain.inspection import Inspection, OnDuty
from services.kernel import clock

Block = dict[str, Any]
TWO_COPIES = "本文书一式两份：一份由负有安全生产监督管理职责的部门备案，一份交被检查单位。"
ONE_COPY = "本文书由负有安全生产监督管理职责的部门存档，不对外送达。"
CLASSES = {"general_on_site": "一般隐患", "general_limited": "一般隐患", "major": "重大事故隐患"}
METHODS = {"site": "现场查看", "document": "查阅资料", "interview": "询问", "test": "检测试验"}
RESULTS = {"passed": "合格", "failed": "不合格", "not_applicable": "不适用"}


def sheet(form: Form, seal: Seal, issued_on: date, blocks: Sequence[Block], is_sealed: bool = True) -> dict[str, Any]:
    """The whole document but its number and its code, which it gets when it is issued."""
    return {
        "title": NAMES[form][0], "authority": seal.name, "issued_on": day(issued_on), "blocks": list(blocks),
        "is_sealed": is_sealed, "note": ONE_COPY if form == Form.SCHEME else TWO_COPIES,
    }  # fmt: skip


def scheme(of: Inspection, seal: Seal, opinion: str, approved_by: str, on: date) -> dict[str, Any]:
    lines = [
        ("被检查单位", of.enterprise_name), ("地址", of.address), ("联系人", of.contact_person or "—"),
        ("检查时间", day(of.planned_on)), ("行政执法人员", _people(of.officers)),
        ("检查方式", "、".join(METHODS[m] for m in of.methods)),
        ("检查内容", f"《{of.check_table.name}》第{of.check_table.edition}版，共{len(of.items)}项" if of.check_table else "—"),
        ("检查事由", of.reason or "按计划检查"), ("审批意见", f"{opinion}（审批人：{approved_by}）"),
    ]  # fmt: skip
    return sheet(Form.SCHEME, seal, on, [fields(lines)])


def record(of: Inspection, seal: Seal, on: date, signed: Block) -> dict[str, Any]:
    lines = [
        ("被检查单位", of.enterprise_name), ("地址", of.address), ("法定代表人（负责人）", of.legal_representative or ""),
        ("检查场所", of.place or ""), ("检查时间", f"{moment(of.started_at)}至{moment(of.recorded_at)}"),
    ]  # fmt: skip
    shown = f"我们是{seal.name}执法人员{_people(of.officers)}，这是我们的证件（已出示）。现依法对你单位进行现场检查，请予以配合。"
    counts = "，".join(f"{name}{sum(r['result'] == code for r in of.results)}项" for code, name in RESULTS.items())
    table = f"《{of.check_table.name}》第{of.check_table.edition}版" if of.check_table else "检查表"
    told = f"检查情况：依据{table}逐项检查，{counts}。" + ("发现下列问题：" if of.findings else "未发现问题。")
    blocks = [fields(lines), text(shown, told), *_problems(of.findings)]
    opinion = text(f"被检查单位意见：{of.party_opinion}")
    return sheet(Form.RECORD, seal, on, [*blocks, opinion, signed], is_sealed=False)


def on_site(of: Inspection, seal: Seal, on: date, signed: Block) -> dict[str, Any]:
    wanted = [finding for finding in of.findings if finding.is_on_site]
    decided = [f"对第{n}项：{finding.on_site_measure or finding.measure}" for n, finding in enumerate(wanted, 1)]
    blocks = [
        text(f"{of.enterprise_name}：", "经查，你单位存在下列违法行为和事故隐患："),
        *_problems(wanted),
        text("依据《中华人民共和国安全生产法》第六十五条第一款的规定，现作出如下现场处理措施决定："),
        numbered(decided),
        text(_remedy("决定", seal)),
        signed,
    ]
    return sheet(Form.ON_SITE, seal, on, blocks)


def rectify(of: Inspection, seal: Seal, on: date, wanted: Sequence[Finding], signed: Block) -> dict[str, Any]:
    rows = [[str(n), f.description, f.place, f.basis, f.measure, day(f.deadline_on)] for n, f in enumerate(wanted, 1)]
    blocks = [
        text(
            f"{of.enterprise_name}：",
            "经查，你单位存在下列问题，现责令你单位于下列期限前整改完毕，达到有关法律法规规章和标准规定的要求：",
        ),
        table(["序号", "问题", "部位", "依据", "整改要求", "整改期限"], rows, [3, 8, 5, 7, 7, 8]),
        text(
            "由此造成事故的，依法追究有关人员的责任。整改期间，你单位应当采取措施，确保安全生产；整改完毕后及时报告，由本机关复查。"
            "逾期未整改或者整改不合格的，将依法予以行政处罚。",
            _remedy("指令", seal),
        ),
        signed,
    ]
    return sheet(Form.ORDER, seal, on, blocks)


def recheck(
    of: Inspection, seal: Seal, on: date, judged: Sequence[Finding], opinion: str, orders: Sequence[str], signed: Block
) -> dict[str, Any]:
    recorded_on = day(clock.day_of(of.recorded_at)) if of.recorded_at else ""
    given = f"本机关于{recorded_on}对你单位进行检查并作出{'、'.join(orders)}。现对你单位整改情况进行复查，提出如下意见："
    rows = [
        [str(n), f.description, "合格" if f.is_passed else f"不合格，限{day(f.deadline_on)}前整改完毕", f.recheck_opinion or ""]
        for n, f in enumerate(judged, 1)
    ]
    blocks = [
        text(f"{of.enterprise_name}：", given),
        table(["序号", "问题", "复查结论", "复查情况"], rows, [3, 10, 8, 10]),
        text(f"复查意见：{opinion}"),
        signed,
    ]
    return sheet(Form.RECHECK, seal, on, blocks)


def fields(lines: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "fields", "rows": [list(line) for line in lines]}


def text(*paragraphs: str) -> Block:
    return {"kind": "text", "paragraphs": list(paragraphs)}


def numbered(lines: Sequence[str]) -> Block:
    return {"kind": "list", "lines": list(lines)}


def table(head: list[str], rows: list[list[str]], widths: list[int]) -> Block:
    return {"kind": "table", "head": head, "rows": rows, "widths": widths}


def signatures(officers: Sequence[OnDuty], party: str, signed: str | None, refusal: str | None) -> Block:
    people = [[officer.name, officer.certificate_number] for officer in officers]
    return {"kind": "signatures", "officers": people, "party": party, "signed": signed or f"拒绝签名（{refusal}）"}


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    if value is None:
        return "—"
    local = value.astimezone(clock.CHINA)
    return f"{day(local.date())}{local:%H}时{local:%M}分"


def _people(officers: Sequence[OnDuty]) -> str:
    return "、".join(f"{officer.name}（{officer.certificate_number}）" for officer in officers)


def _problems(findings: Sequence[Finding]) -> list[Block]:
    lines = [
        f"{f.place}：{f.description}（{CLASSES[f.hazard_class]}，违反{f.basis}）" + (f"，照片{len(f.photos)}张" if f.photos else "")
        for f in findings
    ]
    return [numbered(lines)] if lines else []


def _remedy(what: str, seal: Seal) -> str:
    return (
        f"如果不服本{what}，可以自收到本{what}书之日起六十日内向{seal.government}申请行政复议，或者在六个月内依法向有管辖权的人民法院"
        f"提起行政诉讼，但本{what}不停止执行，法律另有规定的除外。"
    )

"""What somebody must be told: for each announcement of another service, to whom, in which words.

Data, not code.  Several rows may fit one announcement; each receiver is told once, by the first row that reaches him.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.hazard.contract.vocabulary import CLASSES, LEVELS, SOURCES
from services.kernel import clock

# Audiences: the enterprise itself, and the departments that answer for it at one level; ``authority``: those of the
# place that the announcement names as the deciding one.
ENTERPRISE, COUNTY, PREFECTURE, PROVINCE, AUTHORITY = "enterprise", "county", "prefecture", "province", "authority"
WORDS: dict[str, Mapping[str, str]] = {"hazard_class": CLASSES, "source": SOURCES, "level": LEVELS}
LONGEST = 1000
MAJOR, BY_OTHERS = {"hazard_class": ("major",)}, ("enforcement", "expert", "complaint", "superior", "project")
# Announcements about hazards, and the field by which each names its hazard.
HAZARD_OF = {"hazard": "id", "supervision": "hazard_id"}
BY_AUTHORITY = {"source": ("enforcement",)}


@dataclass(frozen=True)
class Telling:
    """``title`` and ``text`` may name fields of the announcement's state and fact, and ``enterprise``."""

    event: str
    audience: tuple[str, ...]
    kind: str
    title: str
    text: str
    urgency: str = "normal"
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def subject_type(self) -> str:
        return self.event.partition(".")[0]

    def fits(self, told: Mapping[str, Any]) -> bool:
        return all(told.get(name) in values for name, values in self.when.items())


def tellings_of(event: str, told: Mapping[str, Any]) -> Iterator[Telling]:
    """The rows that this announcement fits, in the order of the table."""
    return (telling for telling in TELLINGS if telling.event == event and telling.fits(told))


def render(template: str, told: Mapping[str, Any]) -> str:
    """The words with the announcement's values: codes by their names, days as people write them, nothing where nothing is known."""
    return template.format_map(_Values({name: _word(name, value) for name, value in told.items()}))[:LONGEST]


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _word(name: str, value: Any) -> str:
    if value is None:
        return "（未填）"
    if isinstance(value, datetime):
        moment = value.astimezone(clock.CHINA)
        return f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(WORDS.get(name, {}).get(str(value), value))


TELLINGS = [
    Telling("enterprise.registered.v1", (AUTHORITY,), "registration", "有企业待审核",
            "{enterprise}提交了注册申报，请在{review_due_on}前审核。"),
    Telling("enterprise.approved.v1", (ENTERPRISE,), "registration", "注册申报已通过", "{enterprise}的注册申报已通过审核。"),
    Telling("enterprise.rejected.v1", (ENTERPRISE,), "registration", "注册申报未通过",
            "{enterprise}的注册申报未通过审核，意见：{opinion}。请修改后重新提交。", "urgent"),
    Telling("enterprise.suspended.v1", (ENTERPRISE, COUNTY), "registration", "企业停产",
            "{enterprise}自{effective_on}起停产，停产期间检查任务免除。"),
    Telling("enterprise.resumed.v1", (ENTERPRISE, COUNTY), "registration", "企业复产",
            "{enterprise}自{effective_on}起复产，检查任务恢复。"),
    Telling("enterprise.closed.v1", (COUNTY,), "registration", "企业注销", "{enterprise}已注销，原因：{opinion}。"),
    Telling("enterprise.region_changed.v1", (COUNTY,), "registration", "企业迁入", "{enterprise}迁入本地区，请纳入监管。"),
    Telling("licence.expiring.v1", (ENTERPRISE,), "licence", "证照即将到期",
            "证照（编号{number}）将于{valid_to}到期，还剩{days_left}天，请及时办理换证。"),
    Telling("licence.expired.v1", (ENTERPRISE, COUNTY), "licence", "证照已到期",
            "{enterprise}的证照（编号{number}）已于{valid_to}到期。", "urgent"),
    Telling("licence.revoked.v1", (ENTERPRISE, COUNTY), "licence", "证照已吊销或注销",
            "{enterprise}的证照（编号{number}）已被吊销或注销。", "urgent"),
    Telling("risk_list.withdrawn.v1", (ENTERPRISE, COUNTY), "risk_list", "风险清单已撤销",
            "{enterprise}的风险清单「{name}」已撤销报备。"),
    Telling("hazard.registered.v1", (ENTERPRISE, COUNTY), "hazard", "发现重大隐患",
            "{enterprise}登记了重大隐患{number}（{place}）：{description}", "urgent", MAJOR),
    Telling("hazard.registered.v1", (ENTERPRISE,), "hazard", "发现疑似重大隐患",
            "登记了疑似重大隐患{number}（{place}）：{description}请安全管理人员尽快判定。", "urgent", {"suspected_major": (True,)}),
    Telling("hazard.registered.v1", (ENTERPRISE,), "hazard", "有新的隐患",
            "{source}发现隐患{number}（{place}）：{description}", when={"source": BY_OTHERS}),
    Telling("hazard.confirmed.v1", (ENTERPRISE,), "hazard", "隐患已确认",
            "隐患{number}（{place}）已确认，请在{deadline_on}前完成整改。"),
    Telling("hazard.returned.v1", (ENTERPRISE,), "hazard", "隐患登记被退回", "隐患{number}（{place}）被退回，意见：{opinion}"),
    Telling("hazard.upgraded.v1", (ENTERPRISE, COUNTY), "hazard", "隐患升级为重大隐患",
            "{enterprise}的隐患{number}（{place}）已升级为重大隐患：{description}", "urgent"),
    Telling("hazard.downgraded.v1", (ENTERPRISE, COUNTY), "hazard", "重大隐患降级", "{enterprise}的隐患{number}已降为一般隐患。"),
    Telling("hazard.rectification_submitted.v1", (ENTERPRISE, AUTHORITY), "hazard", "隐患待复查",
            "{enterprise}的隐患{number}（{place}）已提交整改，请复查。", when=BY_AUTHORITY),
    Telling("hazard.rectification_submitted.v1", (ENTERPRISE,), "hazard", "隐患待复查",
            "隐患{number}（{place}）已提交整改，请复查。"),
    Telling("hazard.recheck_failed.v1", (ENTERPRISE,), "hazard", "隐患复查不合格",
            "隐患{number}（{place}）复查不合格，意见：{opinion}。请在{deadline_on}前重新整改。", "urgent"),
    Telling("hazard.extension_requested.v1", (ENTERPRISE, AUTHORITY), "hazard", "隐患申请延期",
            "{enterprise}的隐患{number}（{place}）申请延期整改，请审批。", when=BY_AUTHORITY),
    Telling("hazard.extension_requested.v1", (ENTERPRISE, COUNTY), "hazard", "重大隐患申请延期",
            "{enterprise}的重大隐患{number}（{place}）申请延期治理，请审批。", when=MAJOR),
    Telling("hazard.extension_requested.v1", (ENTERPRISE,), "hazard", "隐患申请延期",
            "隐患{number}（{place}）申请延期整改，请审批。"),
    Telling("hazard.extension_decided.v1", (ENTERPRISE,), "hazard", "延期申请已批准",
            "隐患{number}（{place}）的延期申请已批准，整改期限为{deadline_on}。", when={"is_approved": (True,)}),
    Telling("hazard.extension_decided.v1", (ENTERPRISE,), "hazard", "延期申请未批准",
            "隐患{number}（{place}）的延期申请未批准，意见：{opinion}。整改期限仍为{deadline_on}。", "urgent"),
    Telling("hazard.reported.v1", (COUNTY,), "hazard", "重大隐患已上报",
            "{enterprise}上报重大隐患{number}（{place}）：{description}", "urgent"),
    Telling("hazard.plan_approved.v1", (ENTERPRISE, COUNTY), "hazard", "治理方案已批准",
            "{enterprise}的重大隐患{number}治理方案已批准，请在{deadline_on}前完成治理。"),
    Telling("hazard.closed.v1", (ENTERPRISE, COUNTY), "hazard", "重大隐患已销号",
            "{enterprise}的重大隐患{number}（{place}）已销号。", when=MAJOR),
    Telling("hazard.overdue.v1", (ENTERPRISE, COUNTY, PREFECTURE), "hazard", "重大隐患逾期未整改",
            "{enterprise}的重大隐患{number}（{place}）已超过期限{deadline_on}仍未整改完成。", "urgent", MAJOR),
    Telling("hazard.overdue.v1", (ENTERPRISE, AUTHORITY), "hazard", "责令整改逾期",
            "{enterprise}的隐患{number}（{place}）已超过责令期限{deadline_on}仍未整改完成。", "urgent", BY_AUTHORITY),
    Telling("hazard.overdue.v1", (ENTERPRISE,), "hazard", "隐患逾期未整改",
            "隐患{number}（{place}）已超过期限{deadline_on}仍未整改完成，请立即整改。", "urgent"),
    Telling("supervision.listed.v1", (ENTERPRISE, COUNTY), "supervision", "重大隐患挂牌督办",
            "{enterprise}的隐患{hazard_number}被{level}挂牌督办，期限{deadline_on}，要求：{requirement}", "urgent"),
    Telling("supervision.lifted.v1", (ENTERPRISE, COUNTY), "supervision", "挂牌督办已摘牌",
            "{enterprise}的隐患{hazard_number}已摘牌，解除督办。"),
    Telling("inspection.recorded.v1", (ENTERPRISE,), "inspection", "现场检查已记录", "执法人员的现场检查记录已形成，请查阅。"),
    Telling("inspection.ordered.v1", (ENTERPRISE,), "inspection", "责令限期整改",
            "收到责令限期整改文书（{document_number}），请按期整改并申请复查。", "urgent"),
    Telling("inspection.closed.v1", (ENTERPRISE,), "inspection", "现场检查已结束", "现场检查及其整改复查已结束。"),
]  # fmt: skip

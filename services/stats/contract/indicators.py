"""The indicators: code, Chinese name, definition.  Reports, spreadsheets and the dictionary of indicators follow from them.

Those of a period count what happened in it; those of the present (``PRESENT``) tell how things stand now.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """``is_rate``: a percentage with two decimals, half-up; null when its base is 0."""

    code: str
    label: str
    definition: str
    is_rate: bool = False


PERIOD = [
    Indicator("due_count", "应查点数", "窗口在期内结束的检查任务数，免查和取消的不计"),
    Indicator("checked_count", "实查点数", "应查任务中按时完成的"),
    Indicator("late_count", "超时补查数", "窗口结束后24小时内补查的"),
    Indicator("missed_count", "漏查数", "窗口结束仍未检查的"),
    Indicator("check_rate", "排查率（%）", "实查点数÷应查点数", True),
    Indicator("points_due", "应查风险点数", "应查任务涉及的不同风险点"),
    Indicator("points_covered", "已查风险点数", "至少一次按时完成或补查的不同风险点"),
    Indicator("coverage_rate", "覆盖率（%）", "已查风险点数÷应查风险点数", True),
    Indicator("hazard_count", "发现隐患数", "期内发现的隐患，作废的不计"),
    Indicator("general_count", "一般隐患数", "期内发现的一般隐患，降级的计入"),
    Indicator("major_count", "重大隐患数", "期内发现的重大隐患，升级的计入"),
    Indicator("confirmed_count", "已确认数", "期内发现的隐患中已过确认（重大隐患：治理方案已批准）的"),
    Indicator("submitted_count", "已整改数", "期内发现的隐患中已提交整改或已销号的"),
    Indicator("rectified_count", "已销号数", "期内发现的隐患中已销号或现场消除的"),
    Indicator("rectified_rate", "整改率（%）", "已销号数÷发现隐患数", True),
    Indicator("deadline_count", "到期隐患数", "最后批准的期限在期内的隐患"),
    Indicator("on_time_count", "按期整改数", "到期隐患中按最后批准的期限完成整改并销号的"),
    Indicator("on_time_rate", "按期整改率（%）", "按期整改数÷到期隐患数", True),
    Indicator("inspection_count", "执法检查数", "期内记录的现场检查"),
    Indicator("notice_count", "发布通知数", "期内发布的通知"),
    Indicator("reply_due_count", "应反馈通知数", "反馈期限在期内的通知接收单"),
    Indicator("replied_count", "按期反馈数", "应反馈的通知中按期反馈的"),
    Indicator("reply_rate", "通知按期反馈率（%）", "按期反馈数÷应反馈通知数", True),
]
PRESENT = [
    Indicator("active_enterprises", "正常企业数", "已通过审核且未停产的企业"),
    Indicator("suspended_enterprises", "停产企业数", "停产停工的企业"),
    Indicator("filed_enterprises", "已报备企业数", "至少有一份已报备清单的正常企业"),
    Indicator("filed_rate", "报备率（%）", "已报备企业数÷正常企业数", True),
    Indicator("online_enterprises", "上线企业数", "已报备清单且近30×24小时内登录或上传过的正常企业"),
    Indicator("online_rate", "上线率（%）", "上线企业数÷正常企业数", True),
    Indicator("filed_lists", "已报备清单数", "已报备的风险清单"),
    Indicator("risk_point_count", "风险点数", "已报备清单上的不同在用风险点"),
    Indicator("red_points", "重大风险点数", "其中红色"),
    Indicator("orange_points", "较大风险点数", "其中橙色"),
    Indicator("yellow_points", "一般风险点数", "其中黄色"),
    Indicator("blue_points", "低风险点数", "其中蓝色"),
    Indicator("open_general", "未销号一般隐患", "尚未销号的一般隐患"),
    Indicator("open_major", "未销号重大隐患", "尚未销号的重大隐患"),
    Indicator("to_confirm", "待确认隐患", "已登记待确认、上报或编制方案的隐患"),
    Indicator("to_rectify", "整改中隐患", "待整改、治理中或延期待批的隐患"),
    Indicator("to_recheck", "待复查隐患", "待复查、评估或验收的隐患"),
    Indicator("overdue_count", "超期隐患数", "期限日已过且仍须企业采取行动的隐患"),
    Indicator("listed_count", "挂牌督办数", "正在挂牌督办的重大隐患"),
    Indicator("licence_count", "证照数", "未吊销注销的证照"),
    Indicator("expiring_licences", "30日内到期证照", "今日起30日内到期的证照"),
    Indicator("expired_licences", "过期证照数", "有效期已过的证照"),
]
INDICATORS = [*PERIOD, *PRESENT]
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

"""Terms of hazards (rules 7.1, 7.5; R12, R15): days in China, counted without rolling; the deadline day itself is in time."""

from datetime import date, datetime, timedelta

from services.kernel.errors import Conflict, Invalid

DEFAULT_TERM = timedelta(days=7)
LONGEST_FIRST_TERM = timedelta(days=30)
MAJOR_TERM = timedelta(days=30)  # Until the plan of a major hazard sets its own.
MOST_EXTENSIONS = 2
REPORT_TERM = timedelta(hours=24)  # A later formal report is recorded as late.
ACCEPTANCE_TERM = timedelta(days=10)  # Order 16 of 2008, Art. 23; calendar days, rolling.
PROGRESS_TERM = timedelta(days=7)
SKEW = timedelta(minutes=5)  # A device's clock may be that far ahead (R8).
SATURDAY = 5


def is_over(deadline_on: date | None, today: date) -> bool:
    """Whether the deadline day has passed: an order given until the 10th is kept on the 10th."""
    return deadline_on is not None and deadline_on < today


def first_deadline(wanted: date | None, today: date) -> date:
    """The deadline that a confirmation sets: 7 days by default, at most 30."""
    deadline_on = wanted or today + DEFAULT_TERM
    refuse_past(deadline_on, today)
    if deadline_on - today > LONGEST_FIRST_TERM:
        raise Invalid(
            "hazard.term_too_long", f"整改期限最长{LONGEST_FIRST_TERM.days}天，确需更久请先确认再申请延期", deadline_on="超过30天"
        )
    return deadline_on


def refuse_past(deadline_on: date | None, today: date) -> None:
    if is_over(deadline_on, today):
        raise Invalid("hazard.deadline_past", "整改期限不能早于今天", deadline_on="早于今天")


def refuse_future(moment: datetime | None, now: datetime, name: str, label: str) -> None:
    """Refuse what is said to have happened later than now."""
    if moment is not None and moment > now + SKEW:
        raise Invalid("hazard.in_future", f"{label}不能晚于现在", **{name: "晚于现在"})


def refuse_extension(to_on: date, today: date, deadline_on: date, first_on: date, term_from_on: date, extensions: int) -> None:
    """Refuse a third extension, one asked too late, one that is none, and a whole term above twice the first."""
    if extensions >= MOST_EXTENSIONS:
        raise Conflict("hazard.extension_limit", f"该隐患已延期{extensions}次，不能再申请延期")
    if is_over(deadline_on, today):
        raise Conflict("hazard.extension_too_late", "整改期限已过，不能再申请延期", deadline_on=deadline_on.isoformat())
    if to_on <= deadline_on:
        raise Invalid("hazard.no_extension", "延期日期应晚于现整改期限", to_on="不晚于现整改期限")
    longest = term_from_on + 2 * (first_on - term_from_on)
    if to_on > longest:
        sentence = f"总期限不能超过首次期限的两倍，最迟可延至{longest:%Y-%m-%d}"
        raise Invalid("hazard.extension_too_long", sentence, to_on=f"晚于{longest:%Y-%m-%d}")


def acceptance_due(today: date) -> date:
    """The last day of the acceptance on site; a term that ends on a weekend ends on the Monday after."""
    due = today + ACCEPTANCE_TERM
    return due + timedelta(days=7 - due.weekday()) if due.weekday() >= SATURDAY else due

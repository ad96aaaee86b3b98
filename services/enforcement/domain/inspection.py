"""One inspection (现场检查), from its scheme to its closing: SM-INSP.  No scheme, no entry; who submits does not approve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.enforcement.domain import frequency, rectification
from services.enforcement.domain.events import InspectionClosed, InspectionRecorded, OrderedItem, RecheckedItem
from services.enforcement.domain.finding import Finding, check_results, make_findings
from services.enforcement.domain.officer import Officer, require_team
from services.enforcement.domain.rectification import Rechecked
from services.enforcement.domain.signing import Signatures
from services.enforcement.domain.steps import LABELS, MOVES, OFFERED, OPEN, Act, Move, State, Step
from services.kernel.errors import Conflict, Forbidden, Invalid

SCHEME = ("planned_on", "source", "source_reference", "reason", "address", "contact_person", "methods")


@dataclass(frozen=True)
class OnDuty:
    """An officer as he was at the inspection."""

    id: str
    name: str
    certificate_number: str


@dataclass(frozen=True)
class TableUsed:
    id: str
    edition: int
    name: str


@dataclass(eq=False)
class Inspection:
    id: str
    enterprise_id: str
    region: str
    industry: str | None
    enterprise_name: str
    authority_region: str
    authority_sector: str
    state: State = State.SCHEME_DRAFT
    planned_on: date = date.min
    planned_year: int = 0
    source: str = ""
    source_reference: str | None = None
    reason: str | None = None
    address: str = ""
    contact_person: str | None = None
    methods: list[str] = field(default_factory=list)
    check_table: TableUsed | None = None
    items: list[dict[str, Any]] = field(default_factory=list)  # The table's, frozen with the scheme.
    officers: tuple[OnDuty, ...] = ()
    officer_ids: list[str] = field(default_factory=list)
    submitted_by: str | None = None
    started_at: datetime | None = None
    entry_code: str | None = None
    entry_note: str | None = None
    recorded_at: datetime | None = None
    place: str | None = None
    legal_representative: str | None = None
    results: list[dict[str, Any]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    finding_count: int = 0
    party_opinion: str | None = None
    signed_by_party: str | None = None
    refusal_note: str | None = None
    due_on: date | None = None
    closed_at: datetime | None = None
    document_ids: list[str] = field(default_factory=list)
    history: tuple[Step, ...] = ()
    version: int = 0

    @property
    def status(self) -> State:
        """The state, as it is called in announcements."""
        return self.state

    def write_scheme(
        self, values: Mapping[str, Any], table: TableUsed, items: list[dict[str, Any]], officers: Sequence[Officer], today: date
    ) -> None:
        """Fill in the draft; the table's items and the officers' certificates are kept as they are now."""
        if self.state != State.SCHEME_DRAFT:
            raise self._refusal("revise_scheme")
        if values["planned_on"] < today:
            raise Invalid("inspection.planned_in_past", "计划检查日期不能早于今天", planned_on="早于今天")
        require_team(officers, values["planned_on"], self.enterprise_id, fewest=0)
        for name in SCHEME:
            setattr(self, name, values[name])
        self.planned_year = self.planned_on.year
        self.check_table, self.items = table, items
        self._send(officers)

    def submit(self, officers: Sequence[Officer], act: Act) -> None:
        """Ask for approval; matters outside the yearly plan say why."""
        self._require(Move.SUBMIT_SCHEME)
        if self.planned_on < act.on:
            raise Invalid("inspection.planned_in_past", "计划检查日期已过，请修改方案", planned_on="早于今天")
        frequency.require_reason(self.source, self.reason or self.source_reference)
        require_team(officers, self.planned_on, self.enterprise_id)
        self._send(officers)
        self.submitted_by = act.by
        self._move(Move.SUBMIT_SCHEME, act)

    def approve(self, opinion: str, grade: str | None, planned_before: int, act: Act) -> None:
        """Let it happen, within the yearly number of planned inspections of one enterprise by one authority."""
        self._require_other(act, Move.APPROVE_SCHEME)
        frequency.require_room(self.source, grade, planned_before)
        self._move(Move.APPROVE_SCHEME, act, opinion)

    def return_scheme(self, opinion: str, act: Act) -> None:
        self._require_other(act, Move.RETURN_SCHEME)
        self._move(Move.RETURN_SCHEME, act, opinion)

    def start(self, officers: Sequence[Officer], entry_code: str | None, entry_note: str | None, act: Act) -> None:
        """Register the entry of at least two of the scheme's officers."""
        self._require(Move.START)
        if not entry_code and not entry_note:
            raise Invalid("inspection.entry_unregistered", "请扫描入企检查码，不能扫码的应说明原因", entry_code="未扫码")
        if not {officer.id for officer in officers} <= set(self.officer_ids):
            raise Conflict("inspection.not_in_scheme", "到场人员应是检查方案批准的执法人员")
        require_team(officers, act.on, self.enterprise_id)
        self._send(officers)
        self.started_at, self.entry_code, self.entry_note = act.at, entry_code, entry_note
        self._move(Move.START, act, entry_note)

    def record(
        self,
        content: Mapping[str, Any],
        results: Sequence[Mapping[str, Any]],
        findings: Sequence[Mapping[str, Any]],
        signatures: Signatures,
        act: Act,
    ) -> InspectionRecorded:
        """Write down what was found, signed by both sides or the refusal noted."""
        self._require(Move.RECORD)
        signatures.check(self.officer_ids)
        self.results = check_results(self.items, results)
        self._find(make_findings(self.items, self.results, findings, act.on))
        for name in ("place", "legal_representative", "party_opinion"):
            setattr(self, name, content[name])
        self.signed_by_party, self.refusal_note = signatures.signed_by_party, signatures.refusal_note
        self.recorded_at = act.at
        self._move(Move.RECORD, act)
        return InspectionRecorded(tuple(finding.announced() for finding in self.findings))

    def close_without_problem(self, act: Act) -> InspectionClosed:
        self._require(Move.NO_PROBLEM)
        if self.findings:
            raise Conflict("inspection.has_findings", "检查发现了问题，应责令整改并复查后结束")
        self._close(Move.NO_PROBLEM, act)
        return InspectionClosed()

    def order(self, items: Sequence[Mapping[str, Any]], signatures: Signatures, act: Act) -> tuple[OrderedItem, ...]:
        """Order every finding to be put right by its deadline, the record's or a new one."""
        self._require(Move.ORDER)
        if not self.findings:
            raise Conflict("inspection.no_findings", "检查没有发现问题，不能责令整改")
        signatures.check(self.officer_ids)
        self._find(rectification.order(self.findings, items, act.on))
        self._set_due()
        self._move(Move.ORDER, act)
        return tuple(OrderedItem(finding.id, finding.deadline_on) for finding in self.findings)

    def fall_due(self, reason: str, act: Act) -> None:
        """A deadline is over, or the enterprise says that all is put right."""
        self._move(Move.DUE, act, reason)

    def recheck(
        self, items: Sequence[Mapping[str, Any]], opinion: str, officers: Sequence[Officer], signatures: Signatures, act: Act
    ) -> Rechecked:
        """Judge findings on site; the inspection ends with the last of them."""
        self._require(Move.RECHECK_PASS)
        require_team(officers, act.on, self.enterprise_id)
        signatures.check([officer.id for officer in officers])
        self._find(rectification.recheck(self.findings, items, act.on))
        judged = {item["finding_id"] for item in items}
        told = tuple(RecheckedItem(i["finding_id"], i["is_passed"], i["opinion"]) for i in items)
        failed = tuple(OrderedItem(f.id, f.deadline_on) for f in self.findings if f.is_open and f.id in judged)
        if any(finding.is_open for finding in self.findings):
            self._set_due()
            self._move(Move.RECHECK_FAIL, act, opinion)
        else:
            self._close(Move.RECHECK_PASS, act, opinion)
        return Rechecked(told, failed)

    def cancel(self, reason: str, act: Act) -> None:
        self._move(Move.CANCEL, act, reason)

    def allowed(self, by: str) -> list[Move]:
        """What this person may be offered now: who submitted does not approve, and only what was found is ordered."""
        unfit = {Move.NO_PROBLEM} if self.findings else {Move.ORDER}
        if by == self.submitted_by:
            unfit.add(Move.APPROVE_SCHEME)
        return [move for move in OFFERED if (self.state, move) in MOVES and move not in unfit]

    def add_document(self, document_id: str) -> None:
        self.document_ids = [*self.document_ids, document_id]

    def relocate(self, region: str, industry: str | None, authority_region: str) -> None:
        """Follow the enterprise; an open matter passes to the authority of the new place."""
        self.region, self.industry = region, industry
        if self.state in OPEN:
            self.authority_region = authority_region

    def _find(self, findings: Sequence[Finding]) -> None:
        self.findings, self.finding_count = tuple(findings), len(findings)

    def _set_due(self) -> None:
        self.due_on = min((finding.deadline_on for finding in self.findings if finding.is_open), default=None)

    def _send(self, officers: Sequence[Officer]) -> None:
        self.officers = tuple(OnDuty(o.id, o.name, o.certificate_number) for o in officers)
        self.officer_ids = [officer.id for officer in officers]

    def _close(self, move: Move, act: Act, reason: str | None = None) -> None:
        self.closed_at, self.due_on = act.at, None
        self._move(move, act, reason)

    def _require_other(self, act: Act, move: Move) -> None:
        self._require(move)
        if act.by == self.submitted_by:
            raise Forbidden("inspection.own_scheme", "不能审批本人提交的检查方案")

    def _require(self, move: Move) -> None:
        if (self.state, move) not in MOVES:
            raise self._refusal(move)

    def _refusal(self, move: str) -> Conflict:
        return Conflict("inspection.illegal_move", f"该检查{LABELS[self.state]}，不能进行此操作", state=self.state, move=move)

    def _move(self, move: Move, act: Act, reason: str | None = None) -> None:
        self._require(move)
        before, self.state = self.state, MOVES[self.state, move]
        self.history = (*self.history, Step(act.at, act.by_name, move, before, self.state, reason))

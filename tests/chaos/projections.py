"""Every copy that one service keeps of another's matter, and the columns in which it has to equal its owner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Copy:
    """``table`` of ``service`` follows ``owner``'s ``source``; ``columns`` maps the copy's to the owner's expressions."""

    service: str
    table: str
    key: str
    owner: str
    source: str
    columns: tuple[tuple[str, str], ...]
    condition: str = "true"
    of: str = "true"
    owner_key: str = "id"

    @property
    def name(self) -> str:
        return f"{self.service}.{self.table}"

    @property
    def kept(self) -> str:
        wanted = ", ".join(f"({copy})::text" for copy, _ in self.columns)
        return f"SELECT {self.key}::text, {wanted} FROM {self.table} WHERE {self.condition}"

    @property
    def owned(self) -> str:
        wanted = ", ".join(f"({own})::text" for _, own in self.columns)
        return f"SELECT ({self.owner_key})::text, {wanted} FROM {self.source} WHERE {self.of}"


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


def _counted(kind: str, owner: str, source: str, of: str, *facts: tuple[str, str]) -> Copy:
    columns = (("version", "version"), *((f"facts->>'{name}'", own) for name, own in facts))
    return Copy("stats", "contribution", "id", owner, source, columns, f"kind = '{kind}'", of)


_ENTERPRISE = _same("region", "industry", "version", "name", "unified_credit_code", "status")
_UNIT = _same("enterprise_id", "region", "version", "name", "is_active")
_DEPARTMENT = _same("region", "name", "is_active", "version")
_POINT = _same("enterprise_id", "region", "version", "unit_id", "name", "level", "status")
_HAZARD = _same("enterprise_id", "region", "version", "unit_id", "found_by", "responsible_id", "responsible_unit_id")
HAZARDS = "number IS NOT NULL"
COPIES = (
    *(
        Copy(service, "enterprise_ref", "enterprise_id", "enterprise", "enterprise", _ENTERPRISE, of="status <> 'draft'")
        for service in ("risk", "hazard", "enforcement", "notice", "stats", "gateway")
    ),
    *(Copy(service, "org_unit_ref", "id", "enterprise", "org_unit", _UNIT) for service in ("risk", "hazard", "stats")),
    *(Copy(service, "department_ref", "id", "gateway", "department", _DEPARTMENT) for service in ("enforcement", "notice")),
    Copy("notice", "org_unit_ref", "id", "enterprise", "org_unit", _same("enterprise_id", "region", "version", "path")),
    Copy("notice", "hazard_ref", "id", "hazard", "hazard", _HAZARD, of=HAZARDS),
    Copy("hazard", "risk_point_ref", "id", "risk", "risk_point", _POINT),
    Copy(
        "enforcement", "finding_progress", "finding_id", "hazard", "hazard",
        (("hazard_id", "id"), ("status", "status"), ("version", "version")), of="finding_id IS NOT NULL", owner_key="finding_id",
    ),
    _counted("hazard", "hazard", "hazard", HAZARDS, ("status", "status"), ("major", "hazard_class = 'major'")),
    _counted("risk_point", "risk", "risk_point", "true", ("status", "status"), ("level", "level")),
    _counted("inspection", "enforcement", "inspection", "recorded_at IS NOT NULL"),
    _counted("notice", "notice", "notice", "published_at IS NOT NULL", ("status", "status")),
    _counted("notice_receipt", "notice", "notice_receipt", "version > 1", ("replied", "replied_at IS NOT NULL AND NOT is_late")),
    _counted("enterprise", "enterprise", "enterprise", "status <> 'draft'"),
)  # fmt: skip

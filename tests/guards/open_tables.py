"""Tables without row-level security, each with the reason why a row of it needs no owner.

A table that holds anything of one enterprise or one authority does not belong here.
"""

KERNEL = {
    "outbox": "announcements on their way to the broker; read by the relay alone, under no caller's name",
    "inbox": "other services' announcements; read by the reactor alone",
    "lane": "sixteen numbers to take turns by",
    "audit_pending": "ids of audit rows that wait for their seal",
    "audit_seal": "hashes of audit rows",
    "audit_checkpoint": "signed hashes of the ends of audit chains",
    "idempotency": "first answers, found by the caller's own id and key",
    "number": "last numbers of series",
    "lease": "which process relays, seals or runs jobs",
    "deployment": "this deployment's name and sequence",
    "job_run": "days on which jobs were run",
    "catalogue": "reference data, the same for everybody",
    "kernel_version": "revision of the schema",
    "trail_version": "revision of the schema",
    "service_version": "revision of the schema",
}

# Functions that run with their owner's rights, whoever calls them.
DEFINED = {"ensure_partitions": "makes the partitions of the months to come, of names and for days that no caller chooses"}

OWN: dict[str, dict[str, str]] = {
    "enterprise": {},
    "risk": {
        "work_calendar": "the national working days, the same for everybody",
    },
    "hazard": {},
    "enforcement": {},
    "stats": {
        "pending": "kinds and ids of what is to be counted; read by the fold alone",
        "region_grade": "from how many red points on a region has which colour, the same for everybody",
        "region_grade_history": "former thresholds of those colours, the same for everybody",
    },
    "notice": {},
    "gateway": {
        "credential": "password hashes, read by signing in alone, before there is a caller",
        "client_secret": "digests of secrets, read by signing in alone, before there is a caller",
        "role": "what a role may do, the same for everybody who holds it",
        "sign_in_day": "which enterprise was announced as signed in today; no more than that",
    },
}

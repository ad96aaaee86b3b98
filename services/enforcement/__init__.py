"""Law enforcement: what bureaus inspect with, whom they send, what they find on site and which legal documents follow.

Owns the check-item library and check tables, officers with their certificates, inspections (SM-INSP) and the legal
documents made in them.  Announces ``inspection.recorded``, ``inspection.ordered`` and ``inspection.closed``.  Listens to
enterprises (its own short copy of each) and to hazards (how far the findings of an inspection have been put right).
"""

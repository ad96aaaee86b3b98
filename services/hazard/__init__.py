"""Hazards (隐患) found by anyone at an enterprise: registration, confirmation, rectification, recheck, extension and closing;
major hazards with report, governance plan, assessment and acceptance; their listing for supervision (挂牌督办); and the
library of typical hazards and of the criteria by which a major one is judged.

Announces ``hazard.*`` and ``supervision.*``.  Listens to enterprises (who owns a hazard, where it lies), to failed check
items of risk points (措施失效即隐患) and to inspections, whose findings become hazards.
"""

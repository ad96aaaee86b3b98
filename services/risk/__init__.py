"""Risk grading and control: risk points with their assessments and measures, risk lists, and the checks that follow from them.

Owns the risk library, risk points (SM-RP), risk lists (SM-RL), check tasks (SM-TASK), the checks done, mandatory check
items, the working calendar and the regional colour map.  Announces ``risk_point.*``, ``risk_list.*``, ``check_task.*``
and ``check_item.failed``; listens to enterprises and their organisation units, of which it keeps short copies.
"""

"""Notices and messages: what somebody must be told, and whether it was read and answered.

Owns notices (通知公告, 督办通知) with their receivers, one receipt for each receiver of a notice, and the inbox of
messages that other services' announcements are made into.  Announces ``notice.published``, ``notice.withdrawn`` and
``notice_receipt.changed``.  Listens to enterprises and their units, hazards and departments (its own short copy of each), and to
whatever of licences, supervision listings, risk lists and inspections an enterprise or an authority has to be told.
"""

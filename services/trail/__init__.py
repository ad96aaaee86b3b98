"""How every service reads out its own audit trail: one operation and one query, written once and taken by all seven.

It owns nothing, announces nothing and listens to nobody.  The operation has no route: the gateway asks all services at
once and puts their trails together (``GET /audit``).
"""

"""A small world for tests about strangers: two counties, two enterprises, people of every role, things of every kind.

It is made through the API itself, every service in this one process: real databases, real Redis, the gateway's own
application, principals signed and verified as in operation.  Only the broker between them is left out (``inprocess``).
Each side of the world is the other's stranger.
"""

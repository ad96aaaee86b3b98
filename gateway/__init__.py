"""The one door: HTTPS in front, the message broker behind; identity, the REST API, files, live updates and the web pages.

It announces ``account.signed_in`` and ``department.changed`` and listens to what changes who may sign in (enterprises)
and what open pages show (figures, hazards, notices).
"""

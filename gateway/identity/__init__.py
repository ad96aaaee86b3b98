"""Who may enter and what he may see: accounts, departments, roles, supervision scopes, API clients, files' owners.

Built like every service, called in the gateway's own process.  It announces ``account.signed_in`` and
``department.changed`` and listens to enterprises, whose people's accounts live and end with them.
"""

"""The published language of identity, and of what the gateway itself answers without any service."""

from gateway.contract import account_sheets, accounts, applicants, audit, clients, departments, files, own, roles, session
from gateway.contract.events import ACCOUNT_SIGNED_IN, DEPARTMENT_CHANGED, EVENTS
from gateway.contract.permissions import PERMISSIONS

__all__ = ["ACCOUNT_SIGNED_IN", "DEPARTMENT_CHANGED", "EDGE_OPERATIONS", "EVENTS", "OPERATIONS", "PERMISSIONS"]

# Carried out by the identity service, in process.
OPERATIONS = [
    *session.OPERATIONS,
    *applicants.OPERATIONS,
    *own.OPERATIONS,
    *accounts.OPERATIONS,
    *account_sheets.OPERATIONS,
    *departments.OPERATIONS,
    *roles.OPERATIONS,
    *clients.OPERATIONS,
]
# Carried out where the request arrives, since they are about the session, a captcha, a file
# or several services at once.
EDGE_OPERATIONS = [
    *session.EDGE_OPERATIONS,
    *applicants.EDGE_OPERATIONS,
    *own.EDGE_OPERATIONS,
    *clients.EDGE_OPERATIONS,
    *files.EDGE_OPERATIONS,
    *audit.EDGE_OPERATIONS,
]

"""The platform on one machine: private servers, databases, secrets and processes, all under one directory.

Nothing here is needed in a cluster; there the same processes get the same environment from elsewhere.
"""

"""The REST API, generated from the services' contracts: an operation added there is a route here."""

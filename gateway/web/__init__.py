"""Plain pages, made without a build step: sign-in, today's numbers, the work list, the description of the API."""

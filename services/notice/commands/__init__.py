"""What people may do: one function a command; each loads, lets the aggregate decide, and saves."""

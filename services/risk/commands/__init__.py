"""What people may do: one function a command; it loads, decides, saves and announces."""

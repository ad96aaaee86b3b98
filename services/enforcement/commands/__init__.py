"""What people may do, a module for each noun."""

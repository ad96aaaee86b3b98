"""What people may see, a module for each noun; plain SELECTs."""

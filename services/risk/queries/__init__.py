"""What people may see: plain SELECTs within the caller's scope and unit, pages by keyset."""

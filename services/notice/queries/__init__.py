"""What people may see: plain SELECTs within the caller's scope, pages by keyset."""

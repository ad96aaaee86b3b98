"""What this service does when others announce something: it keeps its copies and tells whom it concerns."""

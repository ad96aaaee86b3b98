"""What counts, in which bucket, and how rates come of it: plain rules without a database."""

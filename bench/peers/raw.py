"""Nothing but SQL: ``python -m bench.peers.raw url connections seconds`` inserts and commits, and prints how many rows."""

import os
import sys
import threading
import time

import psycopg2

from bench.registration_row import ENTERPRISE, GIVEN


def main(url: str, connections: int, seconds: float) -> None:
    os.environ["DATABASE_URL"] = url
    from bench.peers.bare import row

    end, counts = time.monotonic() + seconds, list[int]()

    def insert() -> None:
        done = 0
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            while time.monotonic() < end:
                values = row(GIVEN | ENTERPRISE)
                names = ", ".join(values)
                marks = ", ".join(f"%({name})s" for name in values)
                cursor.execute(f"INSERT INTO hazard ({names}) VALUES ({marks})", values)
                connection.commit()
                done += 1
        counts.append(done)

    threads = [threading.Thread(target=insert) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(str(sum(counts)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))

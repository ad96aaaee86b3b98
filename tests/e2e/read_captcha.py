"""``python read_captcha.py ID``: what a person would read on the picture; REDIS_URL tells where the platform keeps it."""

import os
import sys

import redis

with redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as memory:
    sys.stdout.write(str(memory.get(f"captcha:{sys.argv[1]}")))

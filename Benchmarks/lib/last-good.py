"""last-good.py WORD CMD…: runs `precis sync --json` and prints after how many seconds the last feed was reported whose
address does not hold WORD."""
import json, subprocess, sys, time

start = last = time.monotonic()
count = 0
with subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "feed" and sys.argv[1] not in event["url"]:
            last = time.monotonic()
            count += 1
print("%.2f s for %d feeds" % (last - start, count))

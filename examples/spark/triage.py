"""Counts who was refused, and why, in a fleet's logs: each partition is piped through `why401`.

spark-submit examples/spark/triage.py LOGS [WHY401]

LOGS is a file, folder or pattern of JSON lines, as a log sink writes them to Cloud Storage. WHY401 is
the binary, `why401` on the PATH unless told.
"""

import json
import shlex
import sys

from pyspark.sql import SparkSession

FIELDS = ("id", "variant", "service", "account", "status")


def key(line):
    """What a verdict is counted by; None for an entry that is no refusal."""
    verdict = json.loads(line)
    return tuple(verdict[field] for field in FIELDS) if verdict["id"] else None


def main(logs, why401="why401"):
    spark = SparkSession.builder.appName("why401 triage").getOrCreate()
    # The exit status 1 says that something was refused; it is no failure of the pipe.
    command = f"{shlex.quote(why401)} triage --jsonl -"
    verdicts = spark.sparkContext.textFile(logs).pipe(command)
    counts = verdicts.map(key).filter(lambda one: one is not None).countByValue()
    for one, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        print(json.dumps({**dict(zip(FIELDS, one)), "count": count}))
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])

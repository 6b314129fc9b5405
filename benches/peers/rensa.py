"""Counts the documents of a file of JSON lines that rensa takes for copies of an earlier one."""

import json
import sys

from rensa import RMinHash, RMinHashDeduplicator

found = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True, num_bands=16)
total = gone = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for number, line in enumerate(lines):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(json.loads(line)["text"].split())
        total += 1
        gone += not found.add(str(number), sketch)
print([total, gone])

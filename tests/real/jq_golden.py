"""Compares a table of filters with the real jq: libjq 1.7.1, as the package `jq` of PyPI has it.

Prints each row that differs, as a line of JSON, and then how many rows it compared.
"""

import json
import sys

import jq

rows = json.load(open(sys.argv[1], encoding="utf-8"))
for row in rows:
    try:
        # jq itself writes each result, so that numbers look as they do there.
        results = jq.compile(f"({row['filter']}\n) | tojson").input_text(row["document"]).all()
    except ValueError as error:
        results = str(error)
    if results != row["results"]:
        print(json.dumps({**row, "jq": results}))
print(len(rows))

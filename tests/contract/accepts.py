"""Says of each JSON document on standard input, one a line, whether a JSON Schema accepts it.

Called as `python accepts.py SCHEMA`; prints `true` or `false` for each line, in order.
"""

import json
import pathlib
import sys

import jsonschema_rs

schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
jsonschema_rs.meta.validate(schema)
validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
for line in sys.stdin:
    print(json.dumps(validator.is_valid(json.loads(line))), flush=True)

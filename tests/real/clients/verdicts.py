"""What Authlib says to each spoiled ID token.

python3 verdicts.py RULE…

Runs examples/clients/authlib/session.py once for each rule, which the sandbox is told before. Prints a
line of JSON for each: why the session was refused, or null.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parents[3] / "examples/clients/authlib"))
sys.dont_write_bytecode = True

import session  # noqa: E402


def arrange(rule):
    answer = requests.post(
        f"{session.ISSUER}/sandbox/faults",
        headers={"Authorization": f"Bearer {os.environ['SANDBOX_CONTROL_TOKEN']}"},
        data=json.dumps({"rule": rule}),
        timeout=session.TIMEOUT,
    )
    answer.raise_for_status()


def verdict():
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            session.main()
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"
    return None


for rule in sys.argv[1:]:
    arrange(rule)
    print(json.dumps({"rule": rule, "refused": verdict()}))

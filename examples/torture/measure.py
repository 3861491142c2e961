"""Runs the clients of README.md against `eprospera sandbox torture`, and prints the table of docs/torture.md.

    python3 measure.py FOLDER [--seeds 1,2,3] [--only TRIAL,…] [--clients NAME,…]

`eprospera` and all that README.md has under "Prepare with" must be there. The result of each run goes into
FOLDER as JSON, and the table is made from all that is there.
"""

import argparse
import json
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def clients():
    """Name, folder and command of each client, from the table of README.md."""
    for line in (HERE / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and "eprospera sandbox torture" in cells[-1]:
            yield cells[0], HERE / cells[1].strip("`"), shlex.split(cells[-1].strip("`"))


def run(name, folder, command, seed, only, results):
    command = [*command[:3], "--json", "--seed", str(seed), *only, *command[3:]]
    print(f"{name}, seed {seed}", file=sys.stderr)
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    # 1 says that trials have failed.
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{shlex.join(command)}: {ended.returncode}\n{ended.stderr}")
    kind = "some" if only else "all"
    path = results / f"{name.replace(' ', '-')}.{kind}.{seed}.json"
    path.write_text(ended.stdout)


def cell(trials):
    """Always passed, never, how often, or not run."""
    trials = [trial for trial in trials if not trial["skipped"]]
    passed = sum(trial["passed"] for trial in trials)
    if not trials:
        return "–"
    return {len(trials): "yes", 0: "**no**"}.get(passed, f"{passed} of {len(trials)}")


def table(results):
    columns = {}
    for name, _, _ in clients():
        columns[name] = {}
        for path in sorted(results.glob(f"{name.replace(' ', '-')}.*.json")):
            for trial in json.loads(path.read_text())["trials"]:
                columns[name].setdefault(trial["name"], []).append(trial)
    columns = {name: trials for name, trials in columns.items() if trials}
    rows = [["Trial", *columns], ["---"] * (len(columns) + 1)]
    for trial in max(columns.values(), key=len):
        rows.append([f"`{trial}`", *(cell(trials.get(trial, [])) for trials in columns.values())])
    cells = list(zip(*rows[2:]))[1:]
    passed = [f"{column.count('yes')} of {len(column) - column.count('–')}" for column in cells]
    rows.append(["passed each time", *passed])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--seeds", default="")
    parser.add_argument("--only")
    parser.add_argument("--clients")
    asked = parser.parse_args()
    asked.results.mkdir(parents=True, exist_ok=True)
    only = ["--only", asked.only] if asked.only else []
    for name, folder, command in clients():
        if not asked.clients or name in asked.clients.split(","):
            for seed in filter(None, asked.seeds.split(",")):
                run(name, folder, command, seed, only, asked.results)
    print(table(asked.results))


if __name__ == "__main__":
    main()

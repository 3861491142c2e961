#!/usr/bin/env python3
"""Breaks each duty of docs/standards.md, and shows that the test of its row fails.

    python3 tests/standards/mutate.py              every row
    python3 tests/standards/mutate.py state nonce  these rows
    python3 tests/standards/mutate.py --sample 12  so many rows, drawn by a seed that is printed

The work is done on a copy of the tracked files in target/standards, which shares nothing with this
tree. There every mutation is built in at once, and each run of a test switches on at most one, so
the program is built a single time:

    if crate::mutation::active("state") { true } else { self.0.equals(presented) }

First all named tests run without a mutation and must pass. Then each runs with the mutation of its
row and must fail. Needs Python 3.11 and nothing else.
"""

import argparse
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/standards.md"
MUTATIONS = Path(__file__).with_name("mutations.toml")
WORK = ROOT / "target/standards"
TREE = WORK / "tree"
TARGET = WORK / "target"

# Says which mutation is on.
VARIABLE = "STANDARDS_MUTATION"
# The module that exists in the copy alone.
MODULE = f"""//! Which duty is broken in this run. Written by tests/standards/mutate.py.

pub(crate) fn active(row: &str) -> bool {{
    static ROW: std::sync::LazyLock<Option<String>> =
        std::sync::LazyLock::new(|| std::env::var("{VARIABLE}").ok());
    ROW.as_deref() == Some(row)
}}
"""
# Changes of the copy beside the mutations: the module, no word about the style of mutants, and the
# variable on its way to the program.
PLUMBING = {
    "src/lib.rs": [
        ("mod unicode;\n", "mod mutation;\nmod unicode;\n"),
        ("#![expect(\n", "#![" + "allow(warnings)]\n#![expect(\n"),
    ],
    "tests/it/support/world.rs": [
        ('"PATHEXT",\n', f'"PATHEXT", "{VARIABLE}",\n'),
    ],
}
# A test that takes longer hangs, and a test that hangs proves nothing. Its own deadlines say so with
# these words (tests/it/support).
LONGEST = 150
DEADLINES = ("the command hangs", "it says nothing", "it prints nothing", "in vain: ")
# What the members of the workspace leave in a target folder, which is not taken over.
OWN = re.compile(r"^(lib)?(eprospera|it-|integrator-|ratios-|answer_safety-|build_script_eprospera)")


class Drift(Exception):
    """The page, the mutations and the code do not belong together."""


def rows():
    """The rows of the page: id, and the path of its test."""
    found = {}
    for line in PAGE.read_text().splitlines():
        match = re.match(r"\| `([a-z0-9-]+)` \|.*\| `([a-z0-9_:]+)` \|$", line)
        if match:
            row, test = match.groups()
            if row in found:
                raise Drift(f"{row} has two rows")
            found[row] = test
    return found


def mutations(known):
    with MUTATIONS.open("rb") as file:
        found = tomllib.load(file)
    if found.keys() != known.keys():
        odd = ", ".join(sorted(found.keys() ^ known.keys()))
        raise Drift(f"not in both docs/standards.md and mutations.toml: {odd}")
    return found


def place(row, mutation, text):
    """Where the original is in its file: once, or the first time behind an anchor that is there once."""
    original, anchor = mutation["original"], mutation.get("after", "")
    begin = 0
    if anchor:
        if text.count(anchor) != 1:
            raise Drift(f"{row}: `after` is {text.count(anchor)} times in {mutation['file']}")
        begin = text.index(anchor) + len(anchor)
    elif text.count(original) != 1:
        raise Drift(f"{row}: the original is {text.count(original)} times in {mutation['file']}")
    at = text.find(original, begin)
    if at < 0:
        raise Drift(f"{row}: the original is not in {mutation['file']}")
    return at, at + len(original)


def switched(row, mutation):
    """The original and its mutant, as one expression or statement."""
    original, mutant = mutation["original"], mutation["mutant"]
    both = f'if crate::mutation::active("{row}") {{ {mutant} }} else {{ {original} }}'
    return both if original.rstrip().endswith(";") else f"({both})"


def mutated(path, text, wanted):
    """A file of the copy."""
    pieces = [(*place(row, mutation, text), row, mutation) for row, mutation in wanted]
    pieces.sort(reverse=True)
    for (begin, _, row, _), (_, end, other, _) in zip(pieces, pieces[1:]):
        if begin < end:
            raise Drift(f"{row} and {other} change the same text of {path}")
    for begin, end, row, mutation in pieces:
        text = text[:begin] + switched(row, mutation) + text[end:]
    return text


def write(path, data, mode):
    """Leaves a file alone that is as it should be: what did not change is not built again."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    path.chmod(mode)


def copy(table):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    names = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    by_file = {}
    for row, mutation in table.items():
        by_file.setdefault(mutation["file"], []).append((row, mutation))
    if missing := by_file.keys() - names:
        raise Drift(f"not in the tree: {', '.join(sorted(missing))}")
    for name in sorted(names):
        source = ROOT / name
        data = source.read_bytes()
        if name in by_file or name in PLUMBING:
            text = mutated(name, data.decode(), by_file.get(name, []))
            for before, after in PLUMBING.get(name, []):
                if text.count(before) != 1:
                    raise Drift(f"{name} does not have {before!r} once")
                text = text.replace(before, after)
            data = text.encode()
        write(TREE / name, data, source.stat().st_mode)
    write(TREE / "src/mutation.rs", MODULE.encode(), 0o644)
    for path in TREE.rglob("*"):
        name = path.relative_to(TREE).as_posix()
        if path.is_file() and name not in names and name != "src/mutation.rs":
            path.unlink()


def seed():
    """Takes the dependencies that are built already, which are the same; a first build is long."""
    built = ROOT / "target/debug"
    if TARGET.exists() or not built.is_dir():
        return
    for folder in (".fingerprint", "build", "deps"):
        if not (built / folder).is_dir():
            continue
        shutil.copytree(
            built / folder,
            TARGET / "debug" / folder,
            symlinks=True,
            ignore=lambda _, names: [name for name in names if OWN.match(name)],
        )


def build():
    """The binaries of the unit tests and of the tests of the program."""
    command = ["cargo", "test", "--locked", "--no-run", "--package", "eprospera", "--lib", "--test", "it"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(TARGET)}
    done = subprocess.run(
        [*command, "--message-format", "json-render-diagnostics"],
        cwd=TREE, env=environment, stdout=subprocess.PIPE, text=True,
    )
    if done.returncode != 0:
        sys.exit("the copy with its mutations cannot be built")
    binaries = {}
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable") and message.get("profile", {}).get("test"):
            binaries[message["target"]["name"]] = message["executable"]
    return {"src": binaries["eprospera"], "it": binaries["it"]}


def target_of(test):
    """Which binary has a test, and what it is called there."""
    return ("src", test.removeprefix("src::")) if test.startswith("src::") else ("it", test)


def run(binary, names, row, threads):
    environment = {name: value for name, value in os.environ.items() if name not in (VARIABLE, "EPROSPERA_TEST_BINARY")}
    if row:
        environment[VARIABLE] = row
    command = [binary, "--exact", *names, "--test-threads", str(threads)]
    began = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=TREE, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST
        )
        outcome = (done.returncode, done.stdout + done.stderr)
    except subprocess.TimeoutExpired:
        outcome = (None, "")
    return (*outcome, time.monotonic() - began)


def outcomes(words):
    return dict(re.findall(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)", words, re.MULTILINE))


def unbroken(binaries, tests, threads):
    """All named tests pass while nothing is broken."""
    for kind, binary in binaries.items():
        names = sorted({name for of, name in map(target_of, tests) if of == kind})
        if not names:
            continue
        code, words, seconds = run(binary, names, None, threads)
        failed = [name for name in names if outcomes(words).get(name) != "ok"]
        if failed or code != 0:
            print(words)
            sys.exit(f"without a mutation, these tests fail or do not exist: {', '.join(failed)}")
        print(f"{len(names)} tests of {kind} pass while nothing is broken: {seconds:.1f} s")


def broken(binaries, row, test):
    """Whether the test of a row fails when its duty is broken, why, and after how long."""
    kind, name = target_of(test)
    code, words, seconds = run(binaries[kind], [name], row, 1)
    fails = code == 101 and outcomes(words).get(name) == "FAILED"
    reason = re.search(r"panicked at (.*\n.*(?:\n.*){0,3})", words)
    caught = fails and not any(deadline in reason.group(1) for deadline in DEADLINES if reason)
    why = reason.group(1) if reason else "it hangs" if code is None else "it passes" if code == 0 else words[-300:]
    return row, test, caught, why, seconds


def chosen(arguments, known):
    if unknown := [row for row in arguments.rows if row not in known]:
        sys.exit(f"docs/standards.md has no row {', '.join(unknown)}")
    if arguments.rows:
        return arguments.rows
    if arguments.sample and arguments.sample < len(known):
        seed_of_sample = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
        print(f"a sample of {arguments.sample} of {len(known)} rows, drawn with --seed {seed_of_sample}")
        return random.Random(seed_of_sample).sample(sorted(known), arguments.sample)
    return list(known)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", help="rows of docs/standards.md; all of them where none is named")
    parser.add_argument("--sample", type=int, help="so many rows, drawn at random")
    parser.add_argument("--seed", type=int, help="draws the same sample again")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="how many tests run at a time")
    parser.add_argument("--reasons", action="store_true", help="say how each test failed")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    began = time.monotonic()
    try:
        known = rows()
        table = mutations(known)
        wanted = chosen(arguments, known)
        copy(table)
    except Drift as drift:
        sys.exit(f"docs/standards.md, tests/standards/mutations.toml and the code have drifted apart: {drift}")
    seed()
    binaries = build()
    print(f"{len(table)} mutations are built in: {time.monotonic() - began:.0f} s")
    unbroken(binaries, [known[row] for row in wanted], 2 * arguments.jobs)
    survivors = []
    width = max(map(len, wanted))
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for row, test, caught, why, seconds in pool.map(lambda row: broken(binaries, row, known[row]), wanted):
            print(f"{'caught' if caught else 'NOT CAUGHT'}  {row:{width}}  {seconds:5.1f} s  {test}")
            if arguments.reasons or not caught:
                print("    " + why.replace("\n", "\n    "))
            if not caught:
                survivors.append(row)
    print(f"{len(wanted)} rows, {len(wanted) - len(survivors)} caught, {time.monotonic() - began:.0f} s")
    if survivors:
        sys.exit(f"not caught: {', '.join(survivors)}")


if __name__ == "__main__":
    main()

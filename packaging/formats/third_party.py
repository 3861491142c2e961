"""The licences of the crates that are linked into a binary: their texts ask to go along with it."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path

from .project import ROOT

NAMES = ("licen", "copying", "notice", "unlicense", "copyright")

HEADER = """\
Licences of the software that is linked into this binary
========================================================

eprospera itself is licensed under MIT OR Apache-2.0: see LICENSE-MIT and LICENSE-APACHE.
The standard library is that of Rust (https://www.rust-lang.org), licensed under MIT OR Apache-2.0, whose texts are below.
"""

MUSL = """\
The C library is musl (https://musl.libc.org), under the MIT licence, whose text is below:
Copyright 2005-2020 Rich Felker, et al.
"""

# The exception of GCC lets its parts go along without conditions.
MINGW = """\
The C runtime is mingw-w64 (https://www.mingw-w64.org), whose notices are below, with parts of GCC's libgcc, under GPL-3.0 with
the GCC Runtime Library Exception 3.1.
"""


def text(target):
    """Every crate that the binary contains, and each text once."""
    lines = [HEADER]
    if target.endswith("-musl"):
        lines.append(MUSL)
    texts = defaultdict(list)
    if target.endswith("-windows-gnu"):
        lines.append(MINGW)
        texts[(ROOT / "packaging/licences/mingw-w64.txt").read_text().strip()].append("mingw-w64")
    for crate in _linked(target):
        label = f"{crate['name']} {crate['version']}"
        expressions = " AND ".join(licence["expression"] for licence in crate.get("licenses", []))
        found = list(_texts(crate["folder"]))
        # Some crates come without the text; whom it would name, their manifest says.
        holders = "" if found else f", copyright {', '.join(crate['authors'])}"
        lines.append(f"{label}: {expressions or 'see below'}{holders}")
        for licence in found:
            texts[licence].append(label)
    for licence, labels in sorted(texts.items(), key=lambda item: item[1]):
        lines += ["", "-" * 80, ", ".join(sorted(set(labels))), "-" * 80, "", licence]
    return "\n".join(lines) + "\n"


def _linked(target):
    """The crates of the bill of materials that come from elsewhere, with the folders of their sources."""
    bill = json.loads(subprocess.check_output([ROOT / "packaging/sbom", target]))
    metadata = json.loads(subprocess.check_output(["cargo", "metadata", "--format-version", "1", "--locked"], cwd=ROOT))
    packages = {(package["name"], package["version"]): package for package in metadata["packages"]}
    for crate in bill["components"]:
        if crate["scope"] == "required" and "hashes" in crate:
            package = packages[crate["name"], crate["version"]]
            authors = [author.partition(" <")[0] for author in package["authors"]]
            yield crate | {"folder": Path(package["manifest_path"]).parent, "authors": authors}


def _texts(folder):
    for file in sorted(folder.iterdir()):
        if file.is_file() and any(file.name.lower().startswith(name) for name in NAMES) and file.suffix != ".rs":
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            yield "\n".join(line.rstrip() for line in lines).strip()

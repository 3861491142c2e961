"""What goes into a package besides the binary, and where a Unix system looks for it."""

import os
import platform
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path

from . import third_party
from .files import File, compressed
from .project import ROOT

LICENCES = ("LICENSE-APACHE", "LICENSE-MIT")
PAGES = ("CHANGELOG.md", "README.md")
# Names of this repository, and the folders where shells look.
COMPLETIONS = {
    "eprospera.bash": "usr/share/bash-completion/completions/eprospera",
    "eprospera.fish": "usr/share/fish/vendor_completions.d/eprospera.fish",
    "_eprospera": "usr/share/zsh/{zsh}/_eprospera",
}


class Shared:
    """What all packages of a version have in common."""

    def __init__(self, project, binaries):
        self.project = project
        self._binaries = binaries

    @cached_property
    def documents(self):
        pages = [File(name, self.project.page(name).encode()) for name in PAGES]
        return pages + [File(name, (ROOT / name).read_bytes()) for name in LICENCES]

    @cached_property
    def completions(self):
        return [File(file.name, file.read_bytes()) for file in sorted((ROOT / "completions").iterdir())]

    @cached_property
    def manual(self):
        """Made by the program itself, which leaves out whose machine it was."""
        with tempfile.TemporaryDirectory() as folder:
            pages = Path(folder, "man")
            subprocess.run(
                [self._runnable(), "man", pages], check=True, capture_output=True, env={"HOME": "/nonexistent"}
            )
            return [File(page.name, page.read_bytes()) for page in sorted(pages.iterdir())]

    def _runnable(self):
        native = {"Linux": f"{platform.machine()}-unknown-linux-", "Darwin": "-apple-darwin"}[platform.system()]
        for target, binary in self._binaries:
            if native in target.name:
                return binary.resolve()
        raise SystemExit("none of the binaries runs here, and one has to make the manual pages")


class Package:
    """One binary with everything that belongs to it."""

    def __init__(self, shared, target, binary):
        self.shared = shared
        self.project = shared.project
        self.target = target
        self.program = File(target.executable, binary.read_bytes(), executable=True)

    @cached_property
    def licences(self):
        return File("THIRD-PARTY-LICENSES.txt", third_party.text(self.target.name).encode())

    @property
    def archived(self):
        """As an archive holds it: the binary first to be seen, the rest in folders."""
        parts = [self.program, self.licences, *self.shared.documents]
        parts += [file.below("completions") for file in self.shared.completions]
        return parts + [file.below("man") for file in self.shared.manual]

    def installed(self, zsh):
        """As a package of a Linux distribution puts it, without its documents."""
        texts = {file.path: file.data for file in self.shared.completions}
        files = [File("usr/bin/eprospera", self.program.data, executable=True)]
        files += [File(place.format(zsh=zsh), texts[name]) for name, place in COMPLETIONS.items()]
        return files + [
            File(f"usr/share/man/man{page.path[-1]}/{page.path}.gz", compressed(page.data)) for page in self.shared.manual
        ]


def write_tree(root, files, epoch):
    """For tools that pack a folder."""
    for file in files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        path.chmod(file.mode)
        os.utime(path, (epoch, epoch))

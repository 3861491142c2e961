"""A package of Debian, by dpkg-deb, which takes times from SOURCE_DATE_EPOCH."""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from .contents import ROOT, write_tree
from .files import File, compressed

RECOMMENDED = "ca-certificates, gnome-keyring | kwalletmanager | keepassxc"

# A static binary has no dependencies, so one package serves every release of every derivative. It is not of Debian's
# archive, whose bugs the first entry of a changelog would close.
OVERRIDES = """\
# Linked with musl, so that one package runs on every release
eprospera: statically-linked-binary [usr/bin/eprospera]
eprospera: shared-library-lacks-prerequisites [usr/bin/eprospera]
# Made by the project itself
eprospera: initial-upload-closes-no-bugs *
"""


def pack(package, folder):
    project = package.project
    files = package.installed(zsh="vendor-completions") + _documents(package)
    control = [File("DEBIAN/control", _control(package, files).encode()), File("DEBIAN/md5sums", _sums(files).encode())]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "root")
        write_tree(root, files + control, project.epoch)
        for path in root.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        name = f"eprospera_{project.version_in_names}-1_{package.target.deb}.deb"
        subprocess.run(
            ["dpkg-deb", "-Zxz", "--root-owner-group", "--build", root, folder / name],
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _control(package, files):
    project = package.project
    size = sum(-(-len(file.data) // 1024) for file in files)
    return f"""\
Package: eprospera
Version: {project.tilde_version}-1
Architecture: {package.target.deb}
Maintainer: {project.maintainer}
Installed-Size: {size}
Recommends: {RECOMMENDED}
Suggests: bash-completion
Section: net
Priority: optional
Homepage: {project.repository}
Description: sign in to e-Próspera from the command line
 Signs you in to e-Próspera, keeps you signed in, and reads your data from
 the portal. The session is stored in the keyring of your desktop, or in an
 encrypted file.
 .
 A local copy of the portal (eprospera sandbox) tests clients of your own.
 .
 It is unofficial: e-Próspera neither makes nor endorses it.
"""


def _documents(package):
    project = package.project
    texts = {file.path: file.data for file in package.shared.documents}
    changelog = f"eprospera ({project.tilde_version}-1) stable; urgency=medium\n\n  * Release {project.version}.\n\n -- {project.maintainer}  {project.mail_date}\n"
    documents = [
        File("copyright", _copyright(package).encode()),
        File("changelog.gz", compressed(texts["CHANGELOG.md"])),
        File("changelog.Debian.gz", compressed(changelog.encode())),
        File("README.md.gz", compressed(texts["README.md"])),
        File("THIRD-PARTY-LICENSES.txt.gz", compressed(package.licences.data)),
    ]
    overrides = File("usr/share/lintian/overrides/eprospera", OVERRIDES.encode())
    return [file.below("usr/share/doc/eprospera") for file in documents] + [overrides]


def _copyright(package):
    project = package.project
    mit = (ROOT / "LICENSE-MIT").read_text()
    holder = next(line for line in mit.splitlines() if line.startswith("Copyright")).removeprefix("Copyright (c) ")
    body = "\n".join(f" {line}" if line else " ." for line in mit[mit.index("Permission") :].strip().splitlines())
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: eprospera
Source: {project.repository}
Comment: The crates that are linked into the binary, with their licences, are
 listed in /usr/share/doc/eprospera/THIRD-PARTY-LICENSES.txt.gz

Files: *
Copyright: {holder}
License: Expat or Apache-2.0

License: Expat
{body}

License: Apache-2.0
 On Debian systems, the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0
"""


def _sums(files):
    return "".join(f"{hashlib.md5(file.data).hexdigest()}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))

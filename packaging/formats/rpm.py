"""A package of Fedora, RHEL and openSUSE, by rpmbuild."""

import subprocess
import tempfile
from pathlib import Path

from .contents import LICENCES, write_tree
from .files import File

RECOMMENDED = "ca-certificates, (gnome-keyring or kf6-kwallet or kf5-kwallet or keepassxc)"

# Those that no other package has to have: without zsh, its folder goes with the last package that uses it.
FOLDERS = ("doc/eprospera", "licenses/eprospera", "zsh", "zsh/site-functions")

# The binary is ready: there is nothing to strip, to compress or to scan.
SPEC = """\
%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global _binary_payload w9.gzdio
Name: eprospera
Version: {version}
Release: 1
Group: Productivity/Networking/Other
Summary: Sign in to e-Próspera from the command line
License: {licence}
URL: {url}
Packager: {maintainer}
Recommends: {recommends}
AutoReqProv: no

%description
Signs you in to e-Próspera, keeps you signed in, and reads your data from the
portal. The session is stored in the keyring of your desktop, or in an
encrypted file.

A local copy of the portal (eprospera sandbox) tests clients of your own.

It is unofficial: e-Próspera neither makes nor endorses it.

%install
cp -a {tree}/. %{{buildroot}}

%files
{files}

%changelog
* {date} {maintainer} - {version}-1
- Release {version}
"""


def pack(package, folder):
    files = package.installed(zsh="site-functions") + _documents(package)
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        write_tree(top / "tree", files, package.project.epoch)
        spec = top / "eprospera.spec"
        spec.write_text(_spec(package, top / "tree", files))
        definitions = {
            "_topdir": top,
            "_buildhost": "localhost",
            "_rpmfilename": f"%{{NAME}}-{package.project.version_in_names}-%{{RELEASE}}.%{{ARCH}}.rpm",
            "_rpmdir": folder.resolve(),
            "use_source_date_epoch_as_buildtime": 1,
            "clamp_mtime_to_source_date_epoch": 1,
        }
        command = ["rpmbuild", "-bb", "--quiet", "--target", f"{package.target.rpm}-linux"]
        for name, value in definitions.items():
            command += ["--define", f"{name} {value}"]
        ran = subprocess.run([*command, spec], capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(ran.stdout + ran.stderr)


def _documents(package):
    wanted = [file for file in package.shared.documents if file.path not in LICENCES]
    licences = [file for file in package.shared.documents if file.path in LICENCES] + [package.licences]
    return [file.below("usr/share/doc/eprospera") for file in wanted] + [
        file.below("usr/share/licenses/eprospera") for file in licences
    ]


def _spec(package, tree, files):
    project = package.project
    return SPEC.format(
        version=project.tilde_version,
        licence=project.licence,
        url=project.repository,
        maintainer=project.maintainer,
        recommends=RECOMMENDED,
        tree=tree,
        date=project.date.strftime("%a %b %d %Y"),
        files="\n".join([f"%dir /usr/share/{name}" for name in FOLDERS] + [_row(file) for file in files]),
    )


def _row(file):
    kind = {"usr/share/doc": "%doc ", "usr/share/licenses": "%license "}.get("/".join(file.path.split("/")[:3]), "")
    return f"%attr({file.mode:04o}, root, root) {kind}/{file.path}"

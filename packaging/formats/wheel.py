"""A wheel that puts the binary into the environment's `bin` and, but for Windows, the manual pages into its `share/man`. It holds no Python."""

import base64
import hashlib

from .contents import LICENCES
from .files import File, zip_file


def pack(package, folder):
    project = package.project
    stem = f"eprospera-{project.python_version}"
    info, data = f"{stem}.dist-info", f"{stem}.data"
    licences = [file for file in package.shared.documents if file.path in LICENCES] + [package.licences]
    files = [package.program.below(f"{data}/scripts")]
    # Windows has no `man`, and pip leaves empty folders there.
    if not package.target.windows:
        files += [file.below(f"{data}/data/share/man/man{file.path[-1]}") for file in package.shared.manual]
    files += [file.below(f"{info}/licenses") for file in licences]
    files += [
        File(f"{info}/METADATA", _metadata(package, licences).encode()),
        File(f"{info}/WHEEL", _wheel(package.target.wheel).encode()),
    ]
    files.append(File(f"{info}/RECORD", _record(files, info).encode()))
    zip_file(folder / f"{stem}-py3-none-{package.target.wheel}.whl", files, project.epoch)


def _wheel(tags):
    rows = "".join(f"Tag: py3-none-{tag}\n" for tag in tags.split("."))
    return f"Wheel-Version: 1.0\nGenerator: eprospera packaging\nRoot-Is-Purelib: false\n{rows}"


def _metadata(package, licences):
    project = package.project
    name, _, address = project.maintainer.removesuffix(">").partition(" <")
    rows = "".join(f"License-File: {file.path}\n" for file in licences)
    return f"""\
Metadata-Version: 2.4
Name: eprospera
Version: {project.python_version}
Summary: {project.description}
Keywords: {",".join(project.keywords)}
Maintainer: {name}
Maintainer-email: {address}
License-Expression: {project.licence}
{rows}Project-URL: Source, {project.repository}
Classifier: Environment :: Console
Classifier: Programming Language :: Rust
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{project.page("README.md")}"""


def _record(files, info):
    rows = []
    for file in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.data).digest()).rstrip(b"=").decode()
        rows.append(f"{file.path},sha256={digest},{len(file.data)}\n")
    return "".join(rows) + f"{info}/RECORD,,\n"

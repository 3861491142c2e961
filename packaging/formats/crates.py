"""The crates of the workspace, packed and built from what was packed, as `cargo publish --workspace` does first."""

import json
import shutil
import subprocess

from .project import ROOT


def pack(project, folder):
    # The tree of a release is clean; a package for a test need not be.
    subprocess.run(["cargo", "package", "--workspace", "--locked", "--allow-dirty", "--quiet"], cwd=ROOT, check=True)
    metadata = json.loads(
        subprocess.check_output(["cargo", "metadata", "--format-version", "1", "--locked", "--no-deps"], cwd=ROOT)
    )
    for package in metadata["packages"]:
        name = f"{package['name']}-{package['version']}.crate"
        shutil.copyfile(f"{metadata['target_directory']}/package/{name}", folder / name)

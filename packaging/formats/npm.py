"""npm: a package for each platform with the binary, and one that starts the right one. No install script runs."""

import json

from .contents import LICENCES
from .files import File, tar_gz
from .project import ROOT

NODE = ">=18"


def pack_platform(package, folder):
    project, npm = package.project, package.target.npm
    name = _platform_name(project, npm)
    manifest = _manifest(project, name, f"The binary of eprospera for {npm.os} on {npm.cpus[0]}")
    # yarn keeps packages packed unless they ask; a binary inside an archive does not start.
    manifest |= {"os": [npm.os], "cpu": list(npm.cpus), "preferUnplugged": True}
    # What has a scope may be taken for private.
    manifest["publishConfig"] = {"access": "public"}
    readme = f"# {name}\n\nThe binary of [eprospera]({project.repository}) for {npm.os} on {npm.cpus[0]}. Install `eprospera` instead.\n"
    _write(
        package.shared,
        manifest,
        [package.program.below("bin"), package.licences, File("README.md", readme.encode())],
        folder,
    )


def pack_main(shared, targets, folder):
    project = shared.project
    platforms = {
        f"{target.npm.os}-{cpu}": {"package": _platform_name(project, target.npm), "binary": f"bin/{target.executable}"}
        for target in targets
        for cpu in target.npm.cpus
    }
    if not platforms:
        return
    manifest = _manifest(project, "eprospera", project.description)
    manifest |= {
        "keywords": project.keywords,
        "bin": {"eprospera": "bin/eprospera.js"},
        "man": [f"man/{page.path}" for page in shared.manual],
        "engines": {"node": NODE},
        "optionalDependencies": {platform["package"]: project.version for platform in platforms.values()},
    }
    _write(
        shared,
        manifest,
        [
            File("bin/eprospera.js", (ROOT / "packaging/npm/eprospera.js").read_bytes(), executable=True),
            File("bin/platforms.json", _json(platforms)),
            *[file for file in shared.documents if file.path not in LICENCES],
            *[file.below("man") for file in shared.manual],
            *[file.below("completions") for file in shared.completions],
        ],
        folder,
    )


def _platform_name(project, npm):
    return f"{project.npm_scope}/eprospera-{npm.os}-{npm.cpus[0]}"


def _manifest(project, name, description):
    return {
        "name": name,
        "version": project.version,
        "description": description,
        "license": project.licence,
        "author": project.maintainer,
        "homepage": project.repository,
        "repository": {"type": "git", "url": f"git+{project.repository}.git"},
    }


def _write(shared, manifest, files, folder):
    licences = [file for file in shared.documents if file.path in LICENCES]
    everything = [File("package.json", _json(manifest)), *files, *licences]
    name = manifest["name"].removeprefix("@").replace("/", "-")
    path = folder / f"{name}-{manifest['version']}.tgz"
    tar_gz(path, [file.below("package") for file in everything], shared.project.epoch)


def _json(value):
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()

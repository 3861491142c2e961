"""tar.gz, and zip for Windows. `package.metadata.binstall` of Cargo.toml knows their names."""

from .files import tar_gz, zip_file


def pack(package, folder):
    name = f"eprospera-v{package.project.version}-{package.target.name}"
    files = sorted((file.below(name) for file in package.archived), key=lambda file: file.path)
    if package.target.windows:
        zip_file(folder / f"{name}.zip", files, package.project.epoch)
    else:
        tar_gz(folder / f"{name}.tar.gz", files, package.project.epoch)

"""Which packages are made of the binary of a target, and what that target is called in each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Npm:
    os: str
    # All processors that run it. The first one names the package.
    cpus: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    name: str
    deb: str | None = None
    rpm: str | None = None
    npm: Npm | None = None
    wheel: str | None = None

    @property
    def windows(self):
        return "-windows-" in self.name

    @property
    def executable(self):
        return "eprospera.exe" if self.windows else "eprospera"


def _static_linux(processor, deb, npm):
    """A static binary runs with any libc, and needs no libc field in npm."""
    tags = f"manylinux_2_17_{processor}.manylinux2014_{processor}.musllinux_1_1_{processor}"
    return Target(f"{processor}-unknown-linux-musl", deb=deb, rpm=processor, npm=Npm("linux", (npm,)), wheel=tags)


# Windows on ARM runs programs for x86_64, and has no packages of its own: these are for both.
_WINDOWS = {"npm": Npm("win32", ("x64", "arm64")), "wheel": "win_amd64.win_arm64"}

ALL = {
    target.name: target
    for target in (
        _static_linux("x86_64", "amd64", "x64"),
        _static_linux("aarch64", "arm64", "arm64"),
        # For those who need the system's own name lookup (nsswitch).
        Target("x86_64-unknown-linux-gnu"),
        Target("aarch64-unknown-linux-gnu"),
        Target("x86_64-pc-windows-gnu", **_WINDOWS),
        Target("x86_64-pc-windows-msvc", **_WINDOWS),
        Target("x86_64-apple-darwin", npm=Npm("darwin", ("x64",)), wheel="macosx_10_12_x86_64"),
        Target("aarch64-apple-darwin", npm=Npm("darwin", ("arm64",)), wheel="macosx_11_0_arm64"),
    )
}

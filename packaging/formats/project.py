"""What Cargo.toml says: the version in each format's spelling, and whose packages these are."""

import os
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Project:
    def __init__(self):
        manifest = tomllib.loads((ROOT / "Cargo.toml").read_text())
        workspace = manifest["workspace"]
        self.name = manifest["package"]["name"]
        self.description = manifest["package"]["description"]
        self.keywords = manifest["package"]["keywords"]
        self.version = workspace["package"]["version"]
        self.licence = workspace["package"]["license"]
        self.repository = workspace["package"]["repository"]
        self.maintainer = workspace["metadata"]["packages"]["maintainer"]
        self.npm_scope = workspace["metadata"]["packages"]["npm-scope"].lower()
        self.epoch = _epoch()

    @property
    def tilde_version(self):
        """For Debian and RPM, where a tilde sorts before the release that it precedes."""
        return self.version.replace("-", "~")

    @property
    def version_in_names(self):
        """For the files of both: GitHub replaces a tilde by a dot, and SHA256SUMS would name files that are not there."""
        return self.version.replace("-", ".")

    @property
    def python_version(self):
        """PEP 440: 1.0.0-rc.1 is 1.0.0rc1."""
        return re.sub(r"-(alpha|beta|rc)\.?", lambda found: {"alpha": "a", "beta": "b", "rc": "rc"}[found[1]], self.version)

    @property
    def date(self):
        return datetime.fromtimestamp(self.epoch, UTC)

    @property
    def mail_date(self):
        return format_datetime(self.date)

    def page(self, name):
        """A document, with links that work outside the repository."""
        text = (ROOT / name).read_text()
        base = f"{self.repository}/blob/v{self.version}"
        raw = f"{self.repository}/raw/v{self.version}"
        text = re.sub(r"(!\[[^\]]*\]\()(?!\w+:|#)", rf"\g<1>{raw}/", text)
        return re.sub(r"((?<!!)\[[^\]]*\]\()(?!\w+:|#)", rf"\g<1>{base}/", text)


def _epoch():
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    return int(subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True))

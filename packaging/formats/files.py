"""Archives that are the same each time: sorted, with one time for all files, and without the owner's name."""

import gzip
import io
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class File:
    path: str
    data: bytes
    executable: bool = False

    @property
    def mode(self):
        return 0o755 if self.executable else 0o644

    def below(self, folder):
        return File(f"{folder}/{self.path}", self.data, self.executable)


def compressed(data):
    packed = gzip.compress(data, 9, mtime=0)
    # Which system it was packed on: Python 3.11 says it, and 3.13 says that nobody knows.
    return packed[:9] + b"\xff" + packed[10:]


def tar_gz(path, files, epoch):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for file in sorted(files, key=lambda file: file.path):
            header = tarfile.TarInfo(file.path)
            header.size, header.mode, header.mtime = len(file.data), file.mode, epoch
            archive.addfile(header, io.BytesIO(file.data))
    path.write_bytes(compressed(plain.getvalue()))


def zip_file(path, files, epoch):
    # The format's own time has no zone and steps of two seconds.
    moment = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            header = zipfile.ZipInfo(file.path, moment)
            header.compress_type = zipfile.ZIP_DEFLATED
            header.create_system = 3
            header.external_attr = (0o100000 | file.mode) << 16
            archive.writestr(header, file.data)

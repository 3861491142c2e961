"""Serves the npm packages of a folder on loopback, as much of a registry as `npm install` and `npx` need.

    python3 registry.py FOLDER

Prints its address. What it does not have is answered with 404, so nothing comes from elsewhere.
"""

import base64
import hashlib
import json
import sys
import tarfile
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FILES = {path.name: path.read_bytes() for path in Path(sys.argv[1]).glob("*.tgz")}


class Registry(BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).removeprefix("/")
        if path in FILES:
            return self.answer(200, "application/octet-stream", FILES[path])
        versions = {manifest["version"]: manifest for manifest in self.manifests() if manifest["name"] == path}
        if not versions:
            return self.answer(404, "application/json", b"{}")
        document = {"name": path, "dist-tags": {"latest": max(versions)}, "versions": versions}
        self.answer(200, "application/json", json.dumps(document).encode())

    def manifests(self):
        for name, data in FILES.items():
            with tarfile.open(Path(sys.argv[1], name)) as archive:
                manifest = json.load(archive.extractfile("package/package.json"))
            integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
            yield manifest | {"dist": {"tarball": f"http://{self.headers['Host']}/{name}", "integrity": integrity}}

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
print(f"http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()

"""The same file from nginx (Debian's package), where it is installed."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks.harness import free_port
from benchmarks.wrk import SERVER_CORE

SETTINGS = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  default_type "text/html; charset=utf-8";
  open_file_cache max=100;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }}
}}
"""


@contextmanager
def nginx(page: bytes, gzipped: bytes) -> Iterator[tuple[str, psutil.Process] | None]:
    """The address of a page and nginx's main process; None where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        (folder / "page").write_bytes(page)
        (folder / "page.gz").write_bytes(gzipped)
        (folder / "nginx.conf").write_text(SETTINGS.format(folder=folder, port=port))
        process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), program, "-c", str(folder / "nginx.conf")],
            start_new_session=True,
        )
        url = f"http://127.0.0.1:{port}/page"
        try:
            _wait(url)
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(15)


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            httpx.get(url).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("nginx did not come up in ten seconds")

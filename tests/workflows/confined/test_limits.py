import http.server
import subprocess
import sys
import threading
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="the socket filter is a Linux one")
def test_a_confined_process_opens_no_socket_even_to_this_machine() -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.handle_request, daemon=True).start()
    script = (
        "import socket; from workflows.confined.limits import confine;"
        f"socket.create_connection(('127.0.0.1', {server.server_port})).close(); print('before');"
        "confine(memory_bytes=2**30, file_bytes=2**20);"
        f"socket.create_connection(('127.0.0.1', {server.server_port})); print('after')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    server.server_close()
    assert ran.stdout.split() == ["before"]
    assert "PermissionError" in ran.stderr

"""What the server in front of the product lets through to it."""

import http.client
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings


@pytest.fixture
def port():
    """Of a gunicorn with our settings, and Python's own example page behind it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wsgiref.simple_server:demo_app", "--bind", f"127.0.0.1:{number}"]
    server = subprocess.Popen([*command, "--no-control-socket"], cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(100):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        server.wait(10)


def test_words_however_long_reach_the_page_that_answers_them(port):
    for words in ("a" * 10_000, "%F0%9F%98%80" * 10_000):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", f"/?words={words}")
        assert connection.getresponse().status == 200
        connection.close()

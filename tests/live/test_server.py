"""The server over real sockets: what it gives, what it refuses, and how it ends."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deckgen.live.serve import PortTaken, serving
from deckgen.live.state import Live
from deckgen.options import Options
from deckgen.project import read_project
from tests.conftest import ROOT

SOON = 10.0
FEW = Options(cards="K1, K2")


@dataclass
class Site:
    """A running server, and the deck behind it."""

    live: Live
    folder: Path
    address: str

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def say(self, text: str) -> bytes:
        """Send bytes as they are, and take whatever comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SOON) as raw:
            raw.sendall(text.encode("latin-1"))
            said = b""
            while part := raw.recv(65536):
                said += part
            return said

    def state(self) -> Any:
        return json.loads(self.ask("/state.json")[2])

    def save(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        self.live.update(read_project(self.folder), self.folder)

    def a_picture(self) -> str:
        return f"/picture/{self.state()['sections'][0]['cards'][0]['faces'][0]['name']}.png"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    deck_folder = tmp_path_factory.mktemp("site") / "deck"
    shutil.copytree(ROOT / "content", deck_folder / "content")
    live = Live(FEW)
    with serving(live) as address:
        live.update(read_project(deck_folder), deck_folder)
        yield Site(live, deck_folder, address)


def test_the_page_and_all_that_it_needs(site: Site) -> None:
    for path in ("/", "/page.css", "/page.js", "/icon.svg", "/font/bold.ttf", site.a_picture()):
        status, headers, body = site.ask(path)
        assert status == 200 and len(body) == int(headers["Content-Length"]), path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert not [name for name in headers if name.lower().startswith("access-control")]
    assert b"://" not in site.ask("/")[2] + site.ask("/page.js")[2] + site.ask("/page.css")[2]


def test_pictures_are_named_after_what_they_show(site: Site) -> None:
    path = site.a_picture()
    _, headers, body = site.ask(path)
    assert body.startswith(b"\x89PNG") and "immutable" in headers["Cache-Control"]
    grey = site.ask(path.replace(".png", "-grey.png"))[2]
    assert grey.startswith(b"\x89PNG") and grey != body
    assert site.ask(path.replace(".png", "-infrared.png"))[0] == 404
    assert site.ask("/state.json")[1]["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil:{port}",
        "",
    ],
)
def test_other_hosts_are_refused(site: Site, host: str) -> None:
    for path in ("/", "/state.json", "/events", site.a_picture()):
        assert site.ask(path, Host=host.format(port=site.port))[0] == 403
    assert site.ask("/", Host=f"LOCALHOST:{site.port}")[0] == 200


def test_two_hosts_or_none_are_refused(site: Site) -> None:
    own = f"Host: 127.0.0.1:{site.port}\r\n"
    assert b" 200 " in site.say(f"GET / HTTP/1.1\r\n{own}\r\n").split(b"\r\n")[0]
    for hosts in ("", own + own, own + "Host: evil.example\r\n"):
        assert b" 403 " in site.say(f"GET / HTTP/1.1\r\n{hosts}\r\n").split(b"\r\n")[0]


def test_pages_of_other_sites_get_nothing(site: Site) -> None:
    for path in ("/state.json", "/events", site.a_picture(), "/page.js"):
        for where in ("cross-site", "same-site"):
            assert site.ask(path, Sec_Fetch_Site=where)[0] == 403
    assert site.ask("/", Sec_Fetch_Site="cross-site")[0] == 200  # a link that was clicked
    assert site.ask("/state.json", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "<b>"])
def test_nothing_but_get_and_head(site: Site, method: str) -> None:
    said = site.say(f"{method} / HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n")
    assert said.split(b" ")[1] == b"405" and b"<b>" not in said
    assert b"Content-Security-Policy" in said


def test_head_has_no_body(site: Site) -> None:
    for path, code in (("/", 200), ("/nothing", 404), ("/events", 200)):
        said = site.say(f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n")
        head, _, body = said.partition(b"\r\n\r\n")
        assert f" {code} ".encode() in head and body == b""


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2fcontent/deck.toml",
        "//etc/passwd",
        "/picture/../../content/deck.toml",
        "/picture/" + "0" * 64 + ".png",
        "/font/../../pyproject.toml",
        "/content/deck.toml",
        "/live_page/page.js",
        "http://127.0.0.1/state.json",
        "/page.js/",
        "/\\..\\..\\windows",
        "/%00",
    ],
)
def test_no_path_leads_to_the_disk(site: Site, path: str) -> None:
    said = site.say(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n")
    assert said.split(b" ")[1] == b"404"
    assert b"There is nothing here." in said


def test_what_is_no_http_is_answered_plainly(site: Site) -> None:
    for text in ("\r\n\r\n", "hello\r\n\r\n", "GET /" + "a" * 70000 + " HTTP/1.1\r\n\r\n"):
        said = site.say(text)
        assert b"Traceback" not in said and b"aaaa" not in said
    assert site.ask("/")[0] == 200


def test_a_save_is_told_to_who_listens(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=SOON)
    connection.request("GET", "/events")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream"

    def number() -> int:
        while not (line := stream.readline().decode()).startswith("data: "):
            assert line
        return int(line[6:])

    first = number()
    before = site.a_picture()
    deck = site.folder / "content" / "cards" / "K.md"
    site.save("content/cards/K.md", deck.read_text("utf-8").replace("Feedback", "Answers", 1))
    assert number() == first + 1
    assert site.a_picture() != before
    assert site.ask(before)[0] == 200  # a page that is still loading may want it
    stream.close()  # the connection lets go of a stream without an end
    connection.close()


def test_the_end_closes_the_port_and_all_streams(deck_folder: Path) -> None:
    live, before = Live(FEW), set(threading.enumerate())
    with serving(live) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        idle = socket.create_connection(("127.0.0.1", port))
        listener = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
        listener.request("GET", "/events")
        stream = listener.getresponse()
        assert stream.readline() == b"retry: 1000\n"
        start = time.monotonic()
    assert time.monotonic() - start < 2
    assert stream.read().endswith(b"\n\n")  # the end, not a fault
    stream.close()
    listener.close()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    idle.close()
    end = time.monotonic() + SOON
    while set(threading.enumerate()) - before:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_browser_that_hangs_up_is_no_news(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", site.port)) as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            raw.sendall(f"GET /page.js HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
    assert site.ask("/")[0] == 200
    assert capfd.readouterr().err == ""


def test_it_listens_on_the_loopback_only(site: Site) -> None:
    assert site.address.startswith("http://127.0.0.1:")
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would be ours
        outside = probe.getsockname()[0]
    except OSError:
        return  # no network, so nobody outside
    finally:
        probe.close()
    if not outside.startswith("127."):
        with pytest.raises(OSError):
            socket.create_connection((outside, site.port), timeout=1).close()


def test_a_port_that_is_taken(site: Site) -> None:
    with pytest.raises(PortTaken), serving(Live(FEW), site.port):
        pass

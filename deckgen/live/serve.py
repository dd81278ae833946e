"""A web server for this computer's own browser: the page of a Live deck, and nothing else.

It listens on the loopback only. Everything it can give is in memory, by its exact name; nothing
that is asked for can change anything. Other web sites get nothing: a request must name this
server as its host (against DNS rebinding), and browsers are told to keep answers to this page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Any

from deckgen import __version__
from deckgen.live.state import Live, state_record
from deckgen.project import starter_folder

LOOPBACK = "127.0.0.1"
_BEAT_S = 15.0  # how often an event stream says that it is alive
_PATIENCE_S = 20.0  # how long a connection may take to say what it wants
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
_PAGE = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
_FONTS = {
    "/font/regular.ttf": "AtkinsonHyperlegibleNext_400Regular.ttf",
    "/font/medium.ttf": "AtkinsonHyperlegibleNext_500Medium.ttf",
    "/font/bold.ttf": "AtkinsonHyperlegibleNext_700Bold.ttf",
    "/font/extrabold.ttf": "AtkinsonHyperlegibleNext_800ExtraBold.ttf",
}
_PICTURE = re.compile(r"/picture/([0-9a-f]{64})(?:-([a-z]+))?\.png\Z")
_FRESH = "no-store"
_FOREVER = "private, max-age=31536000, immutable"

# What is sent: its type, how long it may be kept, and its bytes.
Answer = tuple[str, str, bytes]


class PortTaken(Exception):
    """Another program listens there, or this user may not."""


@contextmanager
def serving(live: Live, port: int = 0) -> Iterator[str]:
    """Serve a Live deck while the block runs; gives the page's address. Port 0: any that is free.

    Raises PortTaken.
    """
    try:
        server = _Server(live, port)
    except (OSError, OverflowError) as fault:
        raise PortTaken(str(fault)) from None
    thread = Thread(target=server.serve_forever, args=(0.1,), name="deckgen-serve")
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}/"
    finally:
        live.close()
        server.shutdown()
        thread.join()
        server.server_close()


def _page() -> Mapping[str, Answer]:
    """The files of our own page by their paths, read once."""
    folder, fonts = files("deckgen.live") / "page", starter_folder() / "fonts"
    page = {
        path: (kind, _FRESH, (folder / name).read_bytes()) for path, (name, kind) in _PAGE.items()
    }
    letters = {path: ("font/ttf", _FRESH, (fonts / f).read_bytes()) for path, f in _FONTS.items()}
    return page | letters


class _Server(ThreadingHTTPServer):
    """One thread a request; none of them keeps the program from ending."""

    request_queue_size = 128  # a page with many pictures asks for them all at once
    daemon_threads = True
    # On Windows this would let two programs listen on one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, live: Live, port: int) -> None:
        self.live = live
        self.page = _page()
        super().__init__((LOOPBACK, port), _Handler)
        names = (LOOPBACK, "localhost")
        self.hosts = {f"{name}:{self.server_port}" for name in names}
        self.hosts |= set(names) if self.server_port == 80 else set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is nothing to talk about."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE_S

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        if not self._from_here(path):
            self._refuse(403, "This server answers its own page only.")
        elif path == "/events":
            self._events(body)
        elif answer := self._find(path):
            kind, keep, data = answer
            self._start(200, kind, keep, len(data))
            if body:
                self.wfile.write(data)
        else:
            self._refuse(404, "There is nothing here.")

    def _from_here(self, path: str) -> bool:
        """Whether the request is for this server by name, and not made by another site's page."""
        if [host.lower() for host in self.headers.get_all("Host", [])] not in self._own_hosts():
            return False
        site = self.headers.get("Sec-Fetch-Site", "none")
        return site in ("none", "same-origin") or path == "/"

    def _own_hosts(self) -> list[list[str]]:
        return [[host] for host in self.server.hosts]

    def _find(self, path: str) -> Answer | None:
        live = self.server.live
        if path in self.server.page:
            return self.server.page[path]
        if path == "/state.json":
            return "application/json", _FRESH, state_record(live.state).encode("utf-8")
        if match := _PICTURE.match(path):
            png = live.picture(match[1], match[2] or "normal")
            return ("image/png", _FOREVER, png) if png else None
        return None

    def _events(self, body: bool) -> None:
        """Server-sent events (HTML standard, 9.2): the number of each state as it comes."""
        self._start(200, "text/event-stream", _FRESH)
        number = -1
        while body:
            now = self.server.live.wait(number, _BEAT_S)
            if now is None:
                return
            said = f"retry: 1000\ndata: {now}\n\n" if now != number else ": still here\n\n"
            self.wfile.write(said.encode("ascii"))
            number = now

    def _refuse(self, code: int, why: str) -> None:
        data = f"{why}\n".encode()
        self._start(code, "text/plain; charset=utf-8", _FRESH, len(data))
        if self.command != "HEAD":
            self.wfile.write(data)

    def _start(self, code: int, kind: str, keep: str, length: int | None = None) -> None:
        self.send_response(code)
        headers = {"Content-Type": kind, "Cache-Control": keep, **_HEADERS}
        if length is not None:
            headers["Content-Length"] = str(length)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Other methods, and what is no HTTP: a plain answer that repeats nothing of it."""
        self.close_connection = True
        if not hasattr(self, "headers"):
            self.request_version, self.command = "HTTP/1.0", self.command or ""
        self._refuse(405 if code == 501 else code, "Only GET and HEAD are understood here.")

    def version_string(self) -> str:
        return f"deckgen/{__version__}"

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads a log of their own looking."""

"""Debian's Chromium, driven over its own pipe: pages are opened, looked at and asked questions.

No library stands between: the browser reads and writes JSON on two file descriptors
(docs/decisions/0018-pages-in-a-browser.md).
"""

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
)
# Chromium reads its orders from descriptor 3 and answers on 4; the launcher puts ours there.
_LAUNCHER: Final = """
import fcntl, os, sys
held = [fcntl.fcntl(int(word), fcntl.F_DUPFD, 10) for word in sys.argv[1:3]]
os.dup2(held[0], 3)
os.dup2(held[1], 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
_PATIENCE: Final = 30.0
_STARTS: Final = 3
_SETTLED: Final = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def needs_chromium():
    """Skip where there is no Chromium, unless CUSTSEG_NEEDS_CHROMIUM=1 says that there must be."""
    if found := next(filter(None, map(shutil.which, _NAMES)), None):
        return found
    said = "there is no chromium; .ci/chromium installs it"
    if os.environ.get("CUSTSEG_NEEDS_CHROMIUM") == "1":
        pytest.fail(said)
    return pytest.skip(said)


@attrs.define(eq=False)
class Browser:
    """A browser that was started: ``with started() as browser``."""

    process: Any
    orders: int
    answers: int
    numbers: Any = attrs.field(factory=lambda: itertools.count(1))
    rest: bytes = b""
    pages: dict = attrs.field(factory=dict)

    def call(self, method, *, session=None, **params):
        """Give an order of the DevTools protocol and wait for its answer."""
        number = next(self.numbers)
        order = {"id": number, "method": method, "params": params}
        if session is not None:
            order["sessionId"] = session
        os.write(self.orders, json.dumps(order).encode() + b"\0")
        until = time.monotonic() + _PATIENCE
        while True:
            said = self._next(until, method)
            if said.get("id") == number:
                if "error" in said:
                    msg = f"{method}: {said['error']['message']}"
                    raise AssertionError(msg)
                return said["result"]

    def wait(self, page, name):
        """Wait until a page has told of an event."""
        until = time.monotonic() + _PATIENCE
        while name not in page.told:
            self._next(until, name)

    def _next(self, until, wanted):
        while b"\0" not in self.rest:
            if time.monotonic() > until:
                msg = f"chromium does not answer: {wanted}"
                raise TimeoutError(msg)
            with contextlib.suppress(BlockingIOError):
                found = os.read(self.answers, 1 << 20)
                if not found:
                    msg = "chromium has ended"
                    raise EOFError(msg)
                self.rest += found
                continue
            time.sleep(0.002)
        line, _, self.rest = self.rest.partition(b"\0")
        said = json.loads(line)
        if (page := self.pages.get(said.get("sessionId"))) and "method" in said:
            page.hear(said["method"], said["params"])
        return said

    def open(self, place, *, wide=1200, high=900, dark=False, media=""):
        """Open a file or an address in a page of its own, and wait until it has loaded.

        Args:
            place: A path, or an address (``http://127.0.0.1:8000/``).
            wide: Width of the window in CSS pixels; up to 500 it is a phone.
            high: Its height.
            dark: Whether the reader prefers dark.
            media: ``print``: as it would be printed.
        """
        address = str(place) if "://" in str(place) else Path(place).resolve().as_uri()
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target, address)
        self.pages[session] = page
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.size(wide, high)
        prefers = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", media=media, features=[prefers])
        page.told.clear()
        page.call("Page.navigate", url=address)
        self.wait(page, "Page.loadEventFired")
        page.ask(_SETTLED)
        return page


@attrs.define(eq=False)
class Page:
    """A page that is open.

    Attributes:
        errors: What it told on the console as an error or a warning, and what it threw.
        requests: Every address that it asked for, but its own and those inside the page (data:).
        dialogs: What it said in an alert.
    """

    browser: Browser
    session: str
    target: str
    address: str
    errors: list = attrs.field(factory=list)
    requests: list = attrs.field(factory=list)
    dialogs: list = attrs.field(factory=list)
    told: set = attrs.field(factory=set)
    wide: int = 0

    def call(self, method, **params):
        """Give this page an order of the DevTools protocol."""
        return self.browser.call(method, session=self.session, **params)

    def hear(self, name, params):
        self.told.add(name)
        if name == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if url != self.address and not url.startswith("data:"):
                self.requests.append(url)
        elif name == "Page.javascriptDialogOpening":
            self.dialogs.append(params["message"])
            # The answer comes among the others; to wait for it here would be to wait for oneself.
            order = {"id": 0, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            order["sessionId"] = self.session
            os.write(self.browser.orders, json.dumps(order).encode() + b"\0")
        elif name == "Runtime.exceptionThrown":
            self.errors.append(params["exceptionDetails"]["text"])
        elif name == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning"}:
            self.errors.append(" ".join(str(a.get("value", a)) for a in params["args"]))
        elif name == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
            self.errors.append(params["entry"]["text"])

    def size(self, wide, high):
        """Make the window so large."""
        self.wide = wide
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=wide,
            height=high,
            deviceScaleFactor=1,
            mobile=wide <= 500,
        )

    def ask(self, expression):
        """What a JavaScript expression gives, as plain data; a promise is waited for."""
        said = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in said:
            thrown = said["exceptionDetails"]
            raise AssertionError(thrown.get("exception", thrown).get("description", thrown["text"]))
        return said["result"].get("value")

    def type(self, selector, text):
        """Put the cursor into a field and type."""
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def click(self, selector):
        """Click on what a selector finds, and wait until the page has been drawn again."""
        self.ask(f"document.querySelector({json.dumps(selector)}).click()")
        self.ask(_SETTLED)

    def picture(self, path=None, *, whole=True, high=None):
        """The page as PNG; also written where a path is given.

        Args:
            path: Where to.
            whole: All of the page; otherwise what the window shows.
            high: Of the whole page only so many pixels from the top.
        """
        clip = {}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            part = {**{k: size[k] for k in ("x", "y", "width", "height")}, "scale": 1}
            part["height"] = min(part["height"], high or part["height"])
            clip = {"captureBeyondViewport": True, "clip": part}
        taken = self.call("Page.captureScreenshot", format="png", **clip)
        found = base64.b64decode(taken["data"])
        if path is not None:
            Path(path).write_bytes(found)
        return found

    def printed(self, path=None):
        """The page as PDF, A4, with the background that it asks for."""
        taken = self.call(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True
        )
        found = base64.b64decode(taken["data"])
        if path is not None:
            Path(path).write_bytes(found)
        return found

    @property
    def overflow(self):
        """By how many pixels the page can be scrolled sideways; 0 is right."""
        # A phone zooms out from a page that is too wide, and its innerWidth grows with it.
        return self.ask("document.documentElement.scrollWidth") - self.wide

    def close(self):
        """Close it."""
        self.browser.call("Target.closeTarget", targetId=self.target)
        del self.browser.pages[self.session]


@contextlib.contextmanager
def started():
    """A browser with an empty profile; it ends with the block."""
    program = needs_chromium()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        browser = _begun(program, home)
        try:
            yield browser
        finally:
            _ended(browser)


def _begun(program, home):
    """Busy machines now and then lose a browser as it starts."""
    for attempt in itertools.count(1):
        browser = _start(program, f"{home}/{attempt}")
        try:
            browser.call("Browser.getVersion")
        except (EOFError, BrokenPipeError, TimeoutError):
            _ended(browser)
            if attempt == _STARTS:
                raise
        else:
            return browser
    return None


def _start(program, home):
    theirs, orders = os.pipe()
    answers, ours = os.pipe()
    words = [program, *_FLAGS, f"--user-data-dir={home}", "about:blank"]
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCHER, str(theirs), str(ours), *words],
        pass_fds=(theirs, ours),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(ours)
    os.set_blocking(answers, False)
    return Browser(process, orders, answers)


def _ended(browser):
    with contextlib.suppress(OSError, EOFError, TimeoutError, AssertionError):
        browser.call("Browser.close")
    os.close(browser.orders)
    os.close(browser.answers)
    try:
        browser.process.wait(10)
    except subprocess.TimeoutExpired:
        browser.process.kill()
        browser.process.wait()

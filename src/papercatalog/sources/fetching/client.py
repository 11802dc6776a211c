"""HTTP client: retries, pauses, a deadline and a size limit for each address."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from papercatalog import __version__
from papercatalog.sources.decoding import UnreadableError
from papercatalog.sources.fetching.schedule import Clock, back_off, parse_retry_after, pause_before

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOST_REDIRECTS = 5
_CHUNK = 65_536

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Addresses of the services, timeouts, retries, pauses and the cache."""

    daily_papers: str = "https://huggingface.co/api/daily_papers"
    arxiv: str = "https://export.arxiv.org/api/query"
    crossref: str = "https://api.crossref.org/works"
    paper_pages: str = "https://huggingface.co/api/papers"
    """The papers of Daily Papers by arXiv id."""
    openalex: str = "https://api.openalex.org/works"
    connect_seconds: float = 10.0
    """Timeout of a connection."""
    read_seconds: float = 30.0
    """Timeout between two parts of an answer."""
    total_seconds: float = 180.0
    """Deadline of an address, with its pauses and attempts."""
    attempts: int = 4
    """The most requests for an address."""
    back_off_seconds: float = 2.0
    """The wait after the first failed attempt; each next one is twice as long."""
    pause_seconds: float = 0.2
    """Pause between two requests to one host."""
    arxiv_pause_seconds: float = 3.0
    """Pause between two requests to arXiv, as its terms of use demand."""
    daily_papers_pause_seconds: float = 0.6
    """Pause between two requests to Daily Papers, which allows 500 in five minutes."""
    largest_answer: int = 16 * 1024 * 1024
    """Size limit in bytes, unpacked."""
    cache: Path | None = None
    """The folder for answers; None caches none."""
    day_kept_seconds: float = 3_600.0
    """Lifetime of the list of a day in the cache: it may still grow."""
    paper_kept_seconds: float = 30 * 86_400.0
    """Lifetime of the facts of a paper in the cache."""
    growing_kept_seconds: float = 7 * 86_400.0
    """Lifetime of facts that services add later in the cache: code, keywords, venue."""
    contact: str = ""
    """A mail address for the services; Crossref answers faster with one."""
    openalex_key: str = field(default="", repr=False)
    """A key of OpenAlex, which is free and raises the daily limit; it is sent nowhere else."""


class FetchError(Exception):
    """An address gave no usable answer; the text says why and what to do."""

    def __init__(self, address: str, reason: str, remedy: str, status: int | None = None) -> None:
        self.address = address
        self.reason = reason
        self.remedy = remedy
        self.status = status
        """The HTTP status where there was one."""
        super().__init__(f"{address}: {reason}; {remedy}")


class _PassingFault(Exception):  # noqa: N818
    """A fault that may pass: the request is repeated."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


class _Session(requests.Session):
    """A session that never follows redirects: requests would read their bodies without limit."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Name no target."""


class Client:
    """Sends one request at a time, with pauses for each host."""

    def __init__(self, settings: FetchSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._last: dict[str, float] = {}
        self._session = _Session()
        contact = f" (mailto:{settings.contact})" if settings.contact else ""
        self._session.headers["User-Agent"] = f"papercatalog/{__version__}{contact}"

    def get(self, address: str, read: Callable[[bytes], _T], *, pause: float) -> tuple[bytes, _T]:
        """Get an address and parse its body; repeat while faults may pass.

        ``read`` raises `UnreadableError` for an unexpected body, an error page for example, which
        is repeated too. Raises `FetchError` when all attempts fail.
        """
        deadline = self._clock.now() + self._settings.total_seconds
        attempt = 0
        while True:
            attempt += 1
            try:
                body = self._ask(address, pause, deadline)
                return body, read(body)
            except UnreadableError as error:
                fault = _PassingFault(f"the answer {error}")
            except _PassingFault as error:
                fault = error
            wait = back_off(attempt, self._settings.back_off_seconds)
            if fault.wait is not None:
                wait = max(wait, fault.wait)
            if attempt >= self._settings.attempts:
                tries = "1 attempt" if attempt == 1 else f"{attempt} attempts"
                raise FetchError(address, f"{fault} ({tries})", "try again later")
            if self._clock.now() + wait > deadline:
                remedy = f"try again in {wait:.0f} seconds, or allow more time"
                raise FetchError(address, str(fault), remedy)
            self._clock.sleep(wait)

    def _ask(self, address: str, pause: float, deadline: float) -> bytes:
        asked = address
        for _ in range(_MOST_REDIRECTS + 1):
            with self._open(asked, pause, deadline) as response:
                if response.status_code not in _REDIRECTS:
                    return self._body(address, response, deadline)
                location = response.headers.get("Location", "")
                asked = _redirected(asked, location.replace(self._settings.openalex_key, ""))
        raise FetchError(address, "redirects without end", "check the base address in the settings")

    def _open(self, address: str, pause: float, deadline: float) -> requests.Response:
        host = _host(address)
        self._clock.sleep(pause_before(self._last.get(host), self._clock.now(), pause))
        left = self._left(deadline)
        settings = self._settings
        try:
            return self._session.get(
                address,
                params=self._secrets(address),
                stream=True,
                timeout=(min(settings.connect_seconds, left), min(settings.read_seconds, left)),
            )
        except requests.Timeout:
            raise _PassingFault("the server does not answer in time") from None
        except requests.ConnectionError:
            raise _PassingFault("the server cannot be reached, or cut the connection") from None
        except requests.RequestException as error:
            raise _PassingFault(f"the server cannot be asked ({type(error).__name__})") from None
        finally:
            self._last[host] = self._clock.now()

    def _secrets(self, address: str) -> dict[str, str]:
        """Give the parameters that stand in no message and no name of a kept answer."""
        key = self._settings.openalex_key
        return {"api_key": key} if key and address.startswith(f"{self._settings.openalex}?") else {}

    def _body(self, address: str, response: requests.Response, deadline: float) -> bytes:
        status = response.status_code
        if status in _PASSING:
            wait = parse_retry_after(response.headers.get("Retry-After"), self._clock.wall())
            raise _PassingFault(f"the server answers {_phrase(status)}", wait)
        if status != HTTPStatus.OK:
            raise FetchError(
                address, f"the server answers {_phrase(status)}", "check what is asked for", status
            )
        body = bytearray()
        try:
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > self._settings.largest_answer:
                    limit = f"{self._settings.largest_answer:,}"
                    raise FetchError(
                        address, f"the answer is larger than {limit} bytes", "ask for less"
                    )
                self._left(deadline)
        except ReadTimeoutError:
            raise _PassingFault("the server stops in the middle of its answer") from None
        except (HTTPError, OSError):
            raise _PassingFault("the answer is cut short or damaged") from None
        return bytes(body)

    def _left(self, deadline: float) -> float:
        left = deadline - self._clock.now()
        if left <= 0:
            raise _PassingFault("the time for this address is used up")
        return left


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(address, "is not a web address", "start it with https://")
    return parts.hostname


def _redirected(address: str, location: str) -> str:
    """Follow a redirect to the same host only, and never from https to http."""
    before = urlsplit(address)
    with contextlib.suppress(ValueError):
        after = urlsplit(urljoin(address, location))
        safe = after.scheme in ("https", before.scheme)
        if location and safe and after.hostname == before.hostname:
            return after.geturl()
    raise FetchError(
        address,
        f"redirects to {location[:200]!a}, which is not followed",
        "set the base address to where the service is now",
    )


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)

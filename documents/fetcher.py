"""What a document may open while it is laid out: `data:` and the few files named here, nothing else.

WeasyPrint's own fetcher reads local files and the network. A name or a note typed by someone must never be able to
pull `/etc/passwd` or an inner address into a PDF, so every other address is refused and logged.
"""

import logging
from functools import cache, partial
from urllib.parse import urlsplit

from .fonts import font_file

logger = logging.getLogger(__name__)

SCHEME = "alongside"

# The whole list: address after `alongside:` -> what finds its file.
FILES = {
    "fonts/regular.ttf": partial(font_file, "regular"),
    "fonts/bold.ttf": partial(font_file, "bold"),
}


class AddressRefusedError(ValueError):
    """A document asked for an address outside the allow-list."""


@cache
def fetcher_class() -> type:
    """The fetcher's class; made on first use because importing WeasyPrint needs Pango."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  needs Pango

    class HouseFetcher(URLFetcher):
        """Opens `data:` and `alongside:` addresses. Raises AddressRefusedError for anything else."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            address = urlsplit(url)
            if address.scheme == "data":
                return super().fetch(url, headers)
            if address.scheme == SCHEME and address.path in FILES:
                return URLFetcherResponse(url, body=FILES[address.path]().read_bytes())
            # Only the scheme and the length: the rest of the address may be somebody's text.
            logger.warning("refused to open a %r address of %d characters in a document", address.scheme, len(url))
            message = f"documents may not open {address.scheme or 'relative'} addresses"
            raise AddressRefusedError(message)

    return HouseFetcher


def make_fetcher() -> object:
    """A fetcher to hand to WeasyPrint. `data:` only among its own protocols, redirects off."""
    return fetcher_class()(allowed_protocols=("data",), allow_redirects=False)

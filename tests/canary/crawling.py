"""Opens everything one person can reach: links, forms that ask, downloads; keeps what each answer said."""

import io
import re
import zipfile
from collections import Counter
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from pypdf import PdfReader

MOST_OF_ONE = 4  # addresses that differ in their question only
NEVER = re.compile(r"^/(accounts/logout|accounts/login|admin|static|gallery|inbox)")


class Crawl:
    """``texts``: {address: everything the answer says, lower case}. ``statuses``: {address: status}."""

    def __init__(self, client, starts):
        self.client, self.waiting = client, list(starts)
        self.texts, self.statuses, self.paths = {}, {}, Counter()

    def run(self):
        while self.waiting:
            url = self.waiting.pop()
            path = urlsplit(url).path
            if url in self.statuses or self.paths[path] >= MOST_OF_ONE or not path.startswith("/") or NEVER.match(path):
                continue
            self.paths[path] += 1
            self._open(url)
        return self

    def _open(self, url):
        answer = self.client.get(url)
        self.statuses[url] = answer.status_code
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        self.texts[url] = (heads + said(body, answer.headers.get("Content-Type", ""))).lower()
        if answer.status_code in (301, 302):
            self.waiting.append(urljoin(url, answer.url))
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            self.waiting += links_of(body.decode(), url)


def links_of(html, here) -> list[str]:
    """Every address a page leads to by reading: links, htmx, and forms sent as they stand, once empty and once with a letter."""
    soup = BeautifulSoup(html, "html.parser")
    found = [tag[name] for name in ("href", "hx-get", "src", "data-url") for tag in soup.find_all(attrs={name: True})]
    for form in soup.find_all("form"):
        if form.get("method", "get").lower() != "get":
            continue
        for letter in ("", "a"):
            fields = [(one["name"], one.get("value") or letter) for one in form.find_all("input", attrs={"name": True})]
            for select in form.find_all("select", attrs={"name": True}):
                fields += [(select["name"], option.get("value", "")) for option in select.find_all("option")[-1:]]
            found.append(f"{form.get('action') or here.partition('?')[0]}?{urlencode(fields)}")
    return [urljoin(here, unescape(address)).partition("#")[0] for address in found if not address.startswith(("mailto:", "http", "data:"))]


def said(body, kind) -> str:
    """The words in an answer, whatever its kind; packed ones are unpacked."""
    if kind.startswith("application/pdf") or body.startswith(b"%PDF"):
        return _pdf(body)
    if body.startswith(b"PK"):
        return _packed(body)
    return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


def _packed(body):
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return " ".join(f"{name} {said(packed.read(name), '')}" for name in packed.namelist())


def _pdf(body):
    if len(body) < 200:  # the stand-ins of tests/access/objects.py
        return body.decode()
    reader = PdfReader(io.BytesIO(body))
    return " ".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])

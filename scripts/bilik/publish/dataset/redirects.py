"""The redirects of w3id.org: from an IRI to the page in the reader's language, or to the file in the format asked for.

They are generated from the documents, and every IRI that is described is tried before they are written: whatever they
redirect elsewhere than :mod:`bilik.publish.documents` says stops the publication.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bilik.errors import SourceError
from bilik.namespaces import BASE
from bilik.publish.dataset.formats import FORMATS, OF_DOCUMENTS
from bilik.publish.dataset.modules import ALL, CATALOGUE, MATERIALISED, modules
from bilik.publish.documents import Documents, documents
from bilik.publish.folder import DATA, Publication
from bilik.resources import folder
from bilik.texts import LANGUAGES

REDIRECTS = "w3id/.htaccess"
"""Below the folder of the data; in a folder of its own, so that a server of the site itself does not obey it."""


@dataclass(frozen=True)
class Rule:
    """IRIs of one form and where they are described.

    Attributes:
        pattern: of what follows the base, a regular expression that Apache and Python read alike.
        path: of the document, with ``$1`` for what the first group of the pattern found.
        fragment: of the page, likewise; empty where the whole page is meant.
    """

    pattern: str
    path: str
    fragment: str = ""

    def applied(self, iri_path: str) -> tuple[str, str] | None:
        """Path and fragment for an IRI; None where the rule is not about it."""
        found = re.search(self.pattern, iri_path)
        return (_filled(self.path, found), _filled(self.fragment, found)) if found else None


def write_redirects(publication: Publication) -> None:
    """Write the file.

    Raises:
        SourceError: a rule leads elsewhere than the documents say.
    """
    rules = list(rules_of(documents()))
    check(rules, documents())
    publication.write(f"{DATA}/{REDIRECTS}", "\n".join(_lines(rules, publication.release.site)) + "\n")


def rules_of(all_documents: Documents) -> Iterator[Rule]:
    """The rules: forms of IRIs that are described elsewhere first, then the documents themselves.

    What is in a folder with many documents is told by the form of the folder.
    """
    for form in _registry()["described_elsewhere"]:
        yield Rule(form["from"], form["document"], form.get("fragment", ""))
    folders: dict[str, list[str]] = defaultdict(list)
    for document in all_documents.all:
        above, _, key = document.path.rpartition("/")
        folders[above].append(key)
    for above, keys in sorted(folders.items()):
        if above in _registry()["open_folders"]:
            yield Rule(f"^({re.escape(above)}/[^/]+)$", "$1")
        else:
            prefix = f"{above}/" if above else ""
            yield Rule(f"^({prefix}(?:{'|'.join(sorted(map(re.escape, keys)))}))$", "$1")
    holders = [document.path for kind in ("scheme", "discrepancies") for document in all_documents.of_kind(kind)]
    yield Rule(f"^({'|'.join(sorted(map(re.escape, holders)))})/([^/]+)$", "$1", "$2")


def check(rules: Iterable[Rule], all_documents: Documents) -> None:
    """Try every IRI that is described.

    Raises:
        SourceError: a rule leads elsewhere than the documents say.
    """
    rules = list(rules)
    for document in all_documents.all:
        for iri in all_documents.things(document):
            if not iri.startswith(BASE) or "#" in iri or any(iri.startswith(BASE + one) for one in _undirected()):
                continue
            address = all_documents.of(iri)
            assert address is not None, "things are in documents"
            path = iri.removeprefix(BASE)
            found = next((place for rule in rules if (place := rule.applied(path))), None)
            if found != (address.path, address.fragment or ""):
                raise SourceError(
                    f"data/registry/redirects.toml: {iri} would be redirected to {found}, but is described in "
                    f"{address.path} at {address.fragment or 'its beginning'}"
                )


def _lines(rules: Iterable[Rule], site: str) -> Iterator[str]:
    yield "# Redirects of https://w3id.org/bilik/, generated from the documents that are published."
    yield "Options -MultiViews"
    yield "RewriteEngine on"
    yield ""
    for file in _registry()["files"]:
        yield f"RewriteRule {file['from']} {site}{file['to']} [R=303,L]"
    yield f"RewriteRule ^(.*\\.[a-z0-9]+)$ {site}$1 [R=303,L]"
    yield ""
    for rule in rules:
        for suffix in OF_DOCUMENTS:
            yield from _accepting(FORMATS[suffix].media_type)
            yield f"RewriteRule {rule.pattern} {site}{rule.path}.{suffix} [R=303,L]"
        for language in LANGUAGES[1:]:
            yield f"RewriteCond %{{HTTP:Accept-Language}} {_first(language)} [NC]"
            yield _page(rule, language, site)
        yield _page(rule, LANGUAGES[0], site)
        yield ""
    stems = f"^({DATA}/(?:{'|'.join([CATALOGUE, ALL, MATERIALISED, *(module.stem for module in modules())])}))$"
    for suffix, form in FORMATS.items():
        yield from _accepting(form.media_type)
        yield f"RewriteRule {stems} {site}$1.{suffix} [R=303,L]"
    yield f"RewriteRule {stems} {site}$1.ttl [R=303,L]"
    yield f"RewriteRule ^(.*)$ {site}$1 [R=303,L]"


def _accepting(media_type: str) -> Iterator[str]:
    """Where a format is asked for and no page is."""
    yield "RewriteCond %{HTTP_ACCEPT} !text/html [NC]"
    yield f"RewriteCond %{{HTTP_ACCEPT}} {re.escape(media_type)} [NC]"


def _page(rule: Rule, language: str, site: str) -> str:
    fragment = f"#{rule.fragment}" if rule.fragment else ""
    return f"RewriteRule {rule.pattern} {site}{language}/{rule.path}.html{fragment} [R=303,L,NE]"


def _first(language: str) -> str:
    """A pattern of the languages a reader accepts where this one comes before the others that there are."""
    return f"^(?:(?!{'|'.join(LANGUAGES)})[^,]*,\\s*)*{language}"


def _filled(template: str, found: re.Match[str]) -> str:
    return re.sub(r"\$(\d)", lambda group: found[int(group[1])], template)


def _undirected() -> list[str]:
    return [str(path) for path in _registry()["not_redirected"]]


@cache
def _registry() -> Mapping[str, Any]:
    return tomllib.loads(folder("data", "registry", "redirects.toml").read_text(encoding="utf-8"))

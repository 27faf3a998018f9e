"""The graphs of the dataset in every format, and the RDF of every document."""

from __future__ import annotations

from bilik.jsonld import Terms
from bilik.publish.dataset.context import context_document, context_terms
from bilik.publish.dataset.formats import FORMATS, OF_DOCUMENTS, Content, files_content
from bilik.publish.dataset.materialise import materialised
from bilik.publish.dataset.modules import ALL, MATERIALISED, modules
from bilik.publish.documents import documents
from bilik.publish.folder import DATA, Publication


def write_graphs(publication: Publication) -> None:
    """Write the modules, all of them in one, the same with what follows, and the documents."""
    terms = context_terms()
    publication.write(f"{DATA}/context.jsonld", context_document(terms))
    for module in modules():
        write_content(publication, f"{DATA}/{module.stem}", files_content(module.files), terms)
    whole = files_content(path for module in modules() if module.in_all for path in module.files)
    write_content(publication, f"{DATA}/{ALL}", whole, terms)
    write_content(publication, f"{DATA}/{MATERIALISED}", Content(materialised(whole.triples)), terms)
    write_documents(publication, terms)


def write_documents(publication: Publication, terms: Terms) -> None:
    """Write the RDF of every document, each readable alone."""
    for document in documents().all:
        content = Content(documents().describe(document))
        for suffix in OF_DOCUMENTS:
            publication.write(document.address.data(suffix), FORMATS[suffix].write(content, terms))


def write_content(publication: Publication, stem: str, content: Content, terms: Terms) -> None:
    """Write statements in every format."""
    for suffix, form in FORMATS.items():
        publication.write(f"{stem}.{suffix}", form.write(content, terms))

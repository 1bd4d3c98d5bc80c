import type { BoundedBuilder } from './bounded.ts';

/** Names in `meta` elements, and the property each states. Dublin Core, Open Graph, citation and article names. */
const NAMES: Readonly<Record<string, string>> = {
  author: 'author',
  'dc.creator': 'author',
  'dcterms.creator': 'author',
  'article:author': 'author',
  'dc.publisher': 'publisher',
  'dcterms.publisher': 'publisher',
  publisher: 'publisher',
  citation_publisher: 'publisher',
  'govuk:primary-publishing-organisation': 'publisher',
  'og:site_name': 'site',
  'application-name': 'site',
  'dc.date': 'date',
  'dc.date.issued': 'date',
  'dcterms.date': 'date',
  'dcterms.issued': 'date',
  'dcterms.available': 'date',
  'dcterms.created': 'created',
  date: 'date',
  pubdate: 'date',
  'article:published_time': 'date',
  citation_publication_date: 'date',
  'govuk:first-published-at': 'date',
  'dcterms.modified': 'modified',
  'dc.date.modified': 'modified',
  'last-modified': 'modified',
  'article:modified_time': 'modified',
  'og:updated_time': 'modified',
  description: 'description',
  'dc.description': 'description',
  'dcterms.description': 'description',
  'og:description': 'description',
  'dc.title': 'title',
  'dcterms.title': 'title',
  'og:title': 'title',
  citation_title: 'title',
  'dc.language': 'language',
  'dcterms.language': 'language',
  'content-language': 'language',
  'dc.type': 'type',
  'dcterms.type': 'type',
  'dcterms.spatial': 'country',
  'dc.coverage': 'country',
  'geo.country': 'country',
  'og:country-name': 'country',
  keywords: 'keywords',
};

const LONGEST_DATA = 200_000;

/** Collects what a page states of itself in `meta` elements and in JSON-LD. */
export class HtmlMetadata {
  private readonly builder: BoundedBuilder;
  private script: string | null = null;

  constructor(builder: BoundedBuilder) {
    this.builder = builder;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'script' && /ld\+json/i.test(attributes.type ?? '')) this.script = '';
    if (name !== 'meta') return;
    const key = (attributes.name ?? attributes.property ?? attributes['http-equiv'] ?? '').toLowerCase();
    if (Object.hasOwn(NAMES, key)) this.builder.property(NAMES[key] ?? key, attributes.content);
  }

  text(data: string): void {
    if (this.script !== null && this.script.length < LONGEST_DATA) this.script += data;
  }

  close(name: string): void {
    if (name !== 'script' || this.script === null) return;
    const text = this.script;
    this.script = null;
    try {
      this.linkedData(JSON.parse(text));
    } catch {
      // Not JSON after all: it says nothing.
    }
  }

  private linkedData(value: unknown): void {
    for (const node of Array.isArray(value) ? value.slice(0, 20) : [value]) {
      if (typeof node !== 'object' || node === null) continue;
      const said = node as Record<string, unknown>;
      this.builder.property('date', asText(said.datePublished));
      this.builder.property('modified', asText(said.dateModified));
      this.builder.property('publisher', nameOf(said.publisher));
      this.builder.property('author', nameOf(said.author));
      this.builder.property('language', asText(said.inLanguage));
    }
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nameOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return nameOf(value[0]);
  if (typeof value === 'object' && value !== null) return asText((value as Record<string, unknown>).name);
  return asText(value);
}

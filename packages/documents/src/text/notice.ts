import type { BoundedBuilder } from './bounded.ts';
import { countryCode, languageCode } from './codes.ts';
import { tidy } from './piece.ts';
import { words } from './value-keys.ts';
import type { XmlElement } from './xml-tree.ts';
import { descendants, elementsOf, find, textOf } from './xml-tree.ts';

/** Kinds of notice (UBL 2.3 documents that eForms uses, eForms SDK). */
const KINDS: Readonly<Record<string, string>> = {
  ContractNotice: 'contract notice',
  ContractAwardNotice: 'contract award notice',
  PriorInformationNotice: 'prior information notice',
  BusinessRegistrationInformationNotice: 'business registration notice',
};

/** Parts that a person would look for under a heading of their own. */
const PARTS = new Set(
  'ProcurementProject TenderingTerms TenderingProcess TendererQualificationRequest SpecificTendererRequirement SelectionCriteria AwardingTerms AwardingCriterion SubordinateAwardingCriterion ContractExecutionRequirement AppealTerms LotTender LotResult SettledContract NoticeResult Changes Change StrategicProcurement Funding AdditionalInformationParty EconomicOperatorShortList FrameworkAgreement AuctionTerms Organizations NonOfficialLanguages'.split(
    ' ',
  ),
);

/** Leaves that hold sentences, names or amounts; codes, identifiers and addresses of machines are left out. */
const TEXTS =
  /^(?:Name|Title|Description|Note|Text|.*(?:Description|Reason|Text|Remarks?|Terms|Title|Note|Justification|Condition|Instructions?|Information|Method|Explanation|Statement|Summary|Location|Objective))$/;
const SILENT =
  /(?:ID|UUID|URI|Code|Indicator|Telephone|Telefax|ElectronicMail|Numeric|ListURI|Mode|Phase|Version|PostalZone|StreetName|AdditionalStreetName|Time|Rank)$/;

export function isNotice(root: XmlElement): boolean {
  return Object.hasOwn(KINDS, root.name) || find(root, 'UBLExtensions') !== undefined;
}

/** An eForms notice: what is bought first, then lots and terms, then results and organisations; in every language it is written in. */
export function readNotice(builder: BoundedBuilder, root: XmlElement): void {
  new NoticeReader(builder, root).read();
}

class NoticeReader {
  private readonly builder: BoundedBuilder;
  private readonly root: XmlElement;
  private readonly language: string | undefined;

  constructor(builder: BoundedBuilder, root: XmlElement) {
    this.builder = builder;
    this.root = root;
    this.language = languageCode(said(root, 'NoticeLanguageCode'));
  }

  read(): void {
    const { builder, root } = this;
    const kind = KINDS[root.name] ?? words(root.name);
    builder.property('type', kind);
    builder.property('language', this.language);
    builder.property('date', said(root, 'IssueDate')?.slice(0, 10));
    builder.property('noticeSubtype', descendants(root, 'SubTypeCode').map((code) => tidy(textOf(code)))[0]);
    const buyer = this.buyer();
    builder.property('publisher', buyer.name);
    builder.property('country', buyer.country);
    const title = this.inNoticeLanguage(elementsOf(find(root, 'ProcurementProject') ?? root, 'Name'));
    builder.property('title', title);
    builder.title = title ?? null;
    if (title !== undefined) this.mark(builder.add('title', title), this.language);
    builder.add('field', `Notice: ${kind}`);
    if (buyer.name !== undefined) builder.add('field', `Buyer: ${buyer.name}`);
    builder.add('field', builder.properties.date === undefined ? '' : `Issue date: ${builder.properties.date}`);
    const children = elementsOf(root);
    const parts = children.filter((child) => child.name !== 'UBLExtensions' && child.name !== 'ProcurementProject');
    for (const child of children.filter((each) => each.name === 'ProcurementProject')) this.visit(child, 2, title);
    for (const child of parts) this.visit(child, 2, undefined);
    for (const child of children.filter((each) => each.name === 'UBLExtensions')) this.visit(child, 2, undefined);
  }

  private visit(element: XmlElement, level: number, title: string | undefined): void {
    if (this.builder.full) return;
    const inner = elementsOf(element);
    if (inner.length === 0) {
      this.leaf(element, title);
      return;
    }
    if (element.name === 'ItemClassificationCode') return;
    if (element.name === 'Organization' || element.name === 'UltimateBeneficialOwner') {
      this.organisation(element);
      return;
    }
    let next = level;
    if (element.name === 'ProcurementProjectLot') {
      next = level + 1;
      this.lotHeading(element, level);
    } else if (PARTS.has(element.name) && hasText(element)) {
      next = level + 1;
      if (element.name !== 'ProcurementProject' || title !== undefined)
        this.builder.add('heading', words(element.name), { level });
    }
    const repeated =
      title ??
      (element.name === 'ProcurementProjectLot'
        ? this.inNoticeLanguage(elementsOf(find(element, 'ProcurementProject') ?? element, 'Name'))
        : undefined);
    for (const child of inner) this.visit(child, next, repeated);
  }

  private lotHeading(lot: XmlElement, level: number): void {
    const name = this.inNoticeLanguage(elementsOf(find(lot, 'ProcurementProject') ?? lot, 'Name'));
    const id = said(lot, 'ID');
    const text = [id, name].filter((part) => part !== undefined).join(': ');
    this.mark(this.builder.add('heading', text, { level, ...(id === undefined ? {} : { number: id }) }), this.language);
  }

  private leaf(element: XmlElement, title: string | undefined): void {
    const text = tidy(textOf(element));
    if (text === '') return;
    const { name, attributes } = element;
    if (name === 'ItemClassificationCode' || (name.endsWith('Code') && attributes.listName === 'cpv')) {
      this.builder.add('field', `CPV ${text}`);
      return;
    }
    const language = languageCode(attributes.languageID);
    if (language !== undefined || TEXTS.test(name)) {
      // A title that stands as heading already is not said twice.
      if (text === title) return;
      this.mark(this.builder.add('paragraph', text), language);
      return;
    }
    if (SILENT.test(name) || attributes.listName !== undefined || attributes.schemeName !== undefined) return;
    if (text === 'true' || text === 'false') return;
    const unit = attributes.currencyID ?? attributes.unitCode;
    this.builder.add(
      'field',
      `${words(name)}: ${name.endsWith('Date') ? text.slice(0, 10) : text}${unit === undefined ? '' : ` ${unit.toLowerCase() === unit ? unit.toLowerCase() : unit}`}`,
    );
  }

  /** Name, city and country of an organisation, in one row. */
  private organisation(element: XmlElement): void {
    const company = find(element, 'Company') ?? element;
    const name = this.partyName(company);
    const city = said(find(company, 'PostalAddress'), 'CityName');
    const country = countryCode(said(find(company, 'PostalAddress', 'Country'), 'IdentificationCode'));
    if (name !== undefined) this.builder.addRow(['organisation', name, city ?? '', country ?? '']);
  }

  private buyer(): { name: string | undefined; country: string | undefined } {
    const party = find(this.root, 'ContractingParty', 'Party');
    const id = said(find(party, 'PartyIdentification'), 'ID');
    const companies = descendants(this.root, 'Company');
    const company =
      companies.find((each) => id !== undefined && said(find(each, 'PartyIdentification'), 'ID') === id) ??
      party ??
      companies[0];
    return {
      name: company === undefined ? undefined : this.partyName(company),
      country: countryCode(said(find(company, 'PostalAddress', 'Country'), 'IdentificationCode')),
    };
  }

  /** One `PartyName` a language. */
  private partyName(company: XmlElement): string | undefined {
    const names = elementsOf(company, 'PartyName').flatMap((party) => elementsOf(party, 'Name'));
    return this.inNoticeLanguage(names.length > 0 ? names : elementsOf(company, 'Name'));
  }

  private inNoticeLanguage(names: readonly XmlElement[]): string | undefined {
    const chosen = names.find((name) => languageCode(name.attributes.languageID) === this.language) ?? names[0];
    const text = chosen === undefined ? '' : tidy(textOf(chosen));
    return text === '' ? undefined : text;
  }

  private mark(block: { language?: string } | null, language: string | undefined): void {
    if (block !== null && language !== undefined) block.language = language;
  }
}

function said(element: XmlElement | undefined, name: string): string | undefined {
  const found = find(element, name);
  const text = found === undefined ? '' : tidy(textOf(found));
  return text === '' ? undefined : text;
}

function hasText(element: XmlElement): boolean {
  return elementsOf(element).some((child) => {
    if (elementsOf(child).length > 0) return hasText(child);
    return child.attributes.languageID !== undefined || TEXTS.test(child.name) || child.attributes.listName === 'cpv';
  });
}

import type { BoundedBuilder } from './bounded.ts';
import { countryCode, languageCode } from './codes.ts';
import { tidy } from './piece.ts';
import type { XmlElement } from './xml-tree.ts';
import { descendants, find, textOf } from './xml-tree.ts';

/** Kinds of notice by form (TED_EXPORT R2.0.8 and R2.0.9). */
const FORMS: readonly [RegExp, string][] = [
  [/^(?:F01|F04|PRIOR_INFORMATION)/, 'prior information notice'],
  [/^(?:F02|F05|F12|F21|F22|F24|CONTRACT(?:_UTILITIES)?$)/, 'contract notice'],
  [/^(?:F03|F06|F13|F15|F25|CONTRACT_AWARD|VEAT)/, 'contract award notice'],
  [/^F14/, 'corrigendum'],
  [/^F20/, 'contract modification notice'],
];

/** The schemas TED used before eForms. */
export function isTedExport(root: XmlElement): boolean {
  return root.name === 'TED_EXPORT' || root.name === 'TED_ESENDERS' || find(root, 'FORM_SECTION') !== undefined;
}

/** Title, publisher, country, date, language and kind of an old TED notice. Its text is read like any XML. */
export function describeTedExport(builder: BoundedBuilder, root: XmlElement): void {
  const first = (name: string): string | undefined => {
    const found = descendants(root, name)[0];
    return found === undefined ? undefined : tidy(textOf(found));
  };
  const form = find(root, 'FORM_SECTION')?.children.find(
    (child): child is XmlElement => typeof child !== 'string' && child.attributes.LG !== undefined,
  );
  builder.property('title', first('TITLE') ?? first('TITLE_CONTRACT') ?? first('TI_TEXT'));
  builder.property('publisher', first('OFFICIALNAME') ?? first('AA_NAME') ?? first('ORGANISATION'));
  builder.property(
    'country',
    countryCode(
      descendants(root, 'ISO_COUNTRY')[0]?.attributes.VALUE ?? descendants(root, 'COUNTRY')[0]?.attributes.VALUE,
    ),
  );
  const date = first('DATE_DISPATCH_NOTICE') ?? first('DATE_PUB') ?? first('DS_DATE_DISPATCH');
  builder.property('date', date?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  builder.property('language', languageCode(form?.attributes.LG ?? first('LG_ORIG')?.slice(0, 2)));
  const kind = FORMS.find(([name]) => form !== undefined && name.test(form.name));
  builder.property('type', kind?.[1]);
}

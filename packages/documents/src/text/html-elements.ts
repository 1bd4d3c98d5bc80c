/** What the elements of HTML do to the text they hold (HTML Living Standard, section 15.3 "Rendering: flow content"). */

export type Region = 'body' | 'header' | 'footer' | 'hidden' | 'deleted';

/** Elements that begin and end a paragraph of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Elements whose content no person reads as text of the page. */
export const SILENT: ReadonlySet<string> = new Set(
  'applet audio canvas datalist embed head iframe map noscript object rp rt script select style svg template textarea title video'.split(
    ' ',
  ),
);

const INLINE =
  'a abbr acronym area b base basefont bdi bdo big br button cite code col colgroup data del dfn em font frame frameset i img input ins kbd label link mark math meta meter nobr noframes optgroup output param picture progress q rb ruby s samp slot small source span strike strong sub sup time track tt u var wbr';

/** Every name that is an element; `<agency>` in a draft is a blank to fill in, not markup. */
export const ELEMENTS: ReadonlySet<string> = new Set([...BLOCKS, ...SILENT, ...INLINE.split(' ')]);

/** Elements a word does not go across: `<b>a</b><b>b</b>` is one word, `<button>a</button><button>b</button>` two. */
export const SPACED: ReadonlySet<string> = new Set([
  'button',
  'img',
  'input',
  'label',
  'option',
  'output',
  'select',
  'textarea',
]);

type Attributes = Readonly<Record<string, string>>;

/** Roles of the parts of a page that are its frame and not its text (WAI-ARIA 1.2). */
const FRAME_ROLES: Readonly<Record<string, Region>> = {
  navigation: 'header',
  banner: 'header',
  search: 'header',
  menu: 'header',
  menubar: 'header',
  toolbar: 'header',
  dialog: 'header',
  alertdialog: 'header',
  contentinfo: 'footer',
};

/** The region an element opens by its own meaning; null where it says nothing. */
export function regionOf(name: string, attributes: Attributes, inMain: boolean): Region | null {
  if (isHidden(attributes)) return 'hidden';
  const role = attributes.role?.trim().toLowerCase();
  if (role !== undefined && Object.hasOwn(FRAME_ROLES, role)) return FRAME_ROLES[role] ?? null;
  if (name === 'nav' || name === 'menu' || name === 'button') return 'header';
  if (name === 'footer') return inMain ? null : 'footer';
  if (name === 'header' || name === 'aside') return inMain ? null : 'header';
  if (name === 'del' || name === 's' || name === 'strike') return 'deleted';
  return null;
}

function isHidden(attributes: Attributes): boolean {
  const { hidden, style } = attributes;
  if (hidden !== undefined && hidden !== 'until-found') return true;
  if (attributes['aria-hidden'] === 'true') return true;
  if (style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  return /(?:^|\s)(?:sr-only|screen-reader-text|(?:[a-z-]+-)?visually-?hidden)(?:\s|$)/i.test(attributes.class ?? '');
}

/** Words in class and id names that site makers give to the frame of a page. Only a hint: what is in it decides. */
const FRAME_NAMES =
  /(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|nav|navbar|navigation|menu|submenu|sidebar|skip-?links?|share|sharing|social|pagination|pager|toc|masthead|site-?footer|footer|site-?header|banner|related|feedback|newsletter|back-to-top)(?:[\s_-]|$)/i;

/** Whether the names given to an element suggest that it belongs to the page's frame. */
export function namedLikeFrame(name: string, attributes: Attributes): boolean {
  if (name === 'html' || name === 'body' || name === 'main' || name === 'article') return false;
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`;
  return names.length > 1 && names.length < 400 && FRAME_NAMES.test(names);
}

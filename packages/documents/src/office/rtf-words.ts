/** What the text of a group is. */
export type Destination =
  | 'body'
  | 'skip'
  | 'fonts'
  | 'styles'
  | 'label'
  | 'header'
  | 'footer'
  | 'note'
  | 'comment'
  | 'property'
  | 'time';

/** Control words that say what the text of their group is (RTF 1.9.1, "Destinations"). */
export const DESTINATIONS: Readonly<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  listtext: 'label',
  pntext: 'label',
  footnote: 'note',
  annotation: 'comment',
  header: 'header',
  headerl: 'header',
  headerr: 'header',
  headerf: 'header',
  footer: 'footer',
  footerl: 'footer',
  footerr: 'footer',
  footerf: 'footer',
  title: 'property',
  author: 'property',
  subject: 'property',
  keywords: 'property',
  company: 'property',
  doccomm: 'property',
  creatim: 'time',
  revtim: 'time',
};

/** Properties of the document by the group that states them. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  title: 'title',
  author: 'author',
  subject: 'subject',
  keywords: 'keywords',
  company: 'publisher',
  doccomm: 'description',
  creatim: 'created',
  revtim: 'modified',
};

/** Groups whose text is not the document's. */
export const SKIPPED: ReadonlySet<string> = words(`
  colortbl listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles
  xmlnstbl filetbl revtbl pict nonshppict nonesttables shprslt objdata objclass objname bkmkstart bkmkend xe tc
  tcn rxe txe private mmathPr fldinst formfield datafield atnid atnauthor atndate atnref atrfstart atrfend
  atntime atnparent ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pnseclvl pn falt panose operator manager
  category hlinkbase vern buptim printim userprops passwordhash template upr sp background fontemb fontfile
  htmltag mhtmltag protusertbl
`);

/** Groups that stand behind `\*` and are read all the same. */
export const STARRED: ReadonlySet<string> = words(`
  shpinst shptxt annotation ud listtext pntext txfieldend shppict dptxbxtext nesttableprops cs ts
`);

/** Control words that stand for a character. */
export const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lbr: '\n',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
};

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}

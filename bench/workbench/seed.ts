/**
 * Fills a database as a region's workbench would be after years: purchases in every state, offers with their answers, and readings with
 * passages to search. The purchases are made by the commands of procurement, then copied under other ids.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DemandFile, demandFileOf, demandHash, derive, formOf, loadCatalogue } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { linesOf, type Purchase, type ScoreRow } from '@proviso/procurement';
import type { Store } from '@proviso/store';
import { from as copyFrom } from 'pg-copy-streams';
import { parse } from 'yaml';
import { opened, PLAN, published, type Story, specified } from '../../packages/procurement/src/testing/story.ts';
import { ROOT } from '../measure.ts';

export interface Size {
  purchases: number;
  /** Of each opened purchase. */
  offers: number;
  documents: number;
  passages: number;
}
export const REGION: Size = { purchases: 2_000, offers: 13, documents: 10_000, passages: 10 };

/** Who the seeded purchases belong to; ids of persons who exist, by what they are called in the story. */
export type People = Readonly<Record<'olga' | 'bram' | 'sven' | 'lena' | 'eva' | 'emil' | 'odin' | 'opal', string>>;

export interface Seeded {
  /** Ids by state. */
  purchases: Record<string, string[]>;
  /** One that is opened, with 12 offers and 150 requirements. */
  wide: string;
  documents: number;
  answers: number;
}

/** Words that the seeded passages are made of, so that searches find few, some and many. */
const WORDS =
  'encryption network supplier contract incident certificate password update support audit access server backup key signature domain mail portal user data protocol version standard vulnerability patch log notice test report scope'.split(
    ' ',
  );

/** Fills the tenant. `say` hears what is being done. */
export async function seed(
  store: Store,
  tenant: string,
  people: People,
  size: Size,
  say: (line: string) => void,
): Promise<Seeded> {
  const catalogue = loadCatalogue();
  const files = readdirSync(join(ROOT, 'examples/contexts')).map((name) => {
    const context = contextOf(parse(readFileSync(join(ROOT, 'examples/contexts', name), 'utf8')), catalogue);
    return demandFileOf(derive(context, catalogue), catalogue);
  });
  const suppliers = Array.from({ length: 200 }, () => randomUUID());
  const seeded: Seeded = { purchases: {}, wide: '', documents: size.documents, answers: 0 };
  // Each state with each demand.
  const stories = files.flatMap((file) =>
    templates(file, size.offers).map((story): Told => ({ story, file, answers: answersOf(file) })),
  );
  const hash = createHash('sha256').update('a file that all offers share').digest();
  /** Adds the rows of one purchase, told as its story is, under ids of its own. */
  const add = (rows: Rows, { story, file, answers }: Told, n: number) => {
    const id = randomUUID();
    const ids = new Map<string, string>([['p1', id], ...Object.entries(people)]);
    story.purchase.offers.forEach((offer, i) => {
      ids.set(offer.id, randomUUID());
      ids.set(offer.supplier, suppliers[(n * 7 + i) % suppliers.length] as string);
    });
    const purchase = renamed(story.purchase, ids);
    const { state, description, notice } = purchase;
    rows.purchase.push(
      line(
        tenant,
        id,
        `REG-${n + 1}`,
        `${description.title} ${n + 1}`,
        state,
        description.procedure,
        description.language,
        notice?.closing.instant ?? null,
        JSON.stringify(purchase),
      ),
    );
    rows.demand.push(
      line(tenant, id, 1, JSON.stringify(file), bytes(Buffer.from(purchase.demand?.hash ?? '', 'hex')), people.sven),
    );
    const opened = purchase.offers.filter((offer) => offer.opened !== null).length;
    for (const offer of purchase.offers)
      rows.offer.push(
        line(
          tenant,
          offer.id,
          id,
          offer.lot,
          offer.supplier,
          offer.at,
          offer.late,
          bytes(hash),
          offer.bytes,
          '{}',
          offer.opened?.at ?? null,
          offer.opened === null ? null : JSON.stringify(answers),
        ),
      );
    for (const row of renamed(story.scores, ids) as ScoreRow[])
      rows.score.push(line(tenant, id, row.offer, row.requirement, row.evaluator, row.value, row.reason ?? '', row.at));
    return { id, state, answers: opened * Object.keys(answers).length };
  };
  await store.asOwner(async (client) => {
    // COPY does not go through row-level security; who prepares the database may pass it.
    await client.query('RESET ROLE');
    const copy = async (into: string, lines: Iterable<string>): Promise<void> => {
      await pipeline(lines, client.query(copyFrom(`COPY proviso.${into} FROM STDIN`)));
    };
    await copy(
      'supplier (tenant, id, name)',
      suppliers.map((id, i) => line(tenant, id, `Supplier ${i + 1}`)),
    );
    await copy('file (tenant, sha256, bytes, media)', [line(tenant, bytes(hash), 4096, 'application/octet-stream')]);
    const put = async (rows: Rows): Promise<void> => {
      await copy(
        'purchase (tenant, id, reference, title, state, procedure, language, closing, document)',
        rows.purchase,
      );
      await copy('demand_version (tenant, purchase, n, file, hash, by)', rows.demand);
      await copy(
        'offer (tenant, id, purchase, lot, supplier, received_at, late, sha256, bytes, manifest, opened_at, answers)',
        rows.offer,
      );
      await copy('score (tenant, purchase, offer, requirement, evaluator, value, reason, at)', rows.score);
    };
    // All rows at once would not fit in memory.
    for (let from = 0; from < size.purchases; from += BATCH) {
      say(`Purchases from ${from + 1} …`);
      const rows = noRows();
      for (let n = from; n < Math.min(from + BATCH, size.purchases); n++) {
        const made = add(rows, stories[n % stories.length] as Told, n);
        seeded.purchases[made.state] = [...(seeded.purchases[made.state] ?? []), made.id];
        seeded.answers += made.answers;
      }
      await put(rows);
    }
    const rows = noRows();
    seeded.wide = add(rows, wide(files[0] as DemandFile), size.purchases).id;
    await put(rows);
    say('Readings …');
    const documents = Array.from({ length: size.documents }, () => randomUUID());
    await copy(
      'document (tenant, id, name, sha256, bytes, format, language, pages, reading)',
      documents.map((id, i) =>
        line(tenant, id, `tender-${i + 1}.pdf`, bytes(hash), 4096, 'pdf', LANGUAGES[i % 4] as string, 12, '{}'),
      ),
    );
    await copy('passage (tenant, document, n, page, language, text)', passages(tenant, documents, size.passages));
    say('Statistics …');
    await client.query('ANALYZE');
  });
  return seeded;
}

/** A purchase with what was asked and answered in it. */
interface Told {
  story: Story;
  file: DemandFile;
  answers: Record<string, string | number | boolean>;
}

/** Rows to be copied, by table. */
type Rows = Record<'purchase' | 'demand' | 'offer' | 'score', string[]>;
const noRows = (): Rows => ({ purchase: [], demand: [], offer: [], score: [] });

/** More requirements than the catalogue leads to: those of a demand, again under other numbers. */
function wide({ demand, catalogue, ...rest }: DemandFile): Told {
  const again = <T extends { id: string }>(list: readonly T[]): T[] =>
    [0, 30, 60].flatMap((by) =>
      list.map((one) => ({
        ...one,
        id: one.id.replace(/\d+$/, (number) => String(Number(number) + by).padStart(2, '0')),
      })),
    );
  const requirements = again(demand.requirements).slice(0, 150);
  const file = {
    ...rest,
    demand: { ...demand, requirements },
    catalogue: { ...catalogue, requirements: again(catalogue.requirements) },
  };
  return { story: templates(file, 12).at(-1) as Story, file, answers: answersOf(file, 150) };
}

/** Purchases whose rows are held at once. */
const BATCH = 50;
const LANGUAGES = ['en', 'fr', 'nl', 'de'];

function* passages(tenant: string, documents: readonly string[], each: number): Generator<string> {
  let draw = 1;
  const next = (most: number): number => {
    draw = (draw * 48_271) % 2_147_483_647;
    return draw % most;
  };
  for (const [i, document] of documents.entries())
    for (let n = 1; n <= each; n++) {
      const text = Array.from({ length: 60 }, () => WORDS[Math.min(next(WORDS.length), next(WORDS.length))]).join(' ');
      yield line(tenant, document, n, n, LANGUAGES[i % 4] as string, text);
    }
}

/** One purchase for each state, with so many offers where there are any. */
function templates(file: DemandFile, offers: number): Story[] {
  const lines = linesOf(file);
  const suppliers = Array.from({ length: offers }, (_, i) => ({
    id: `link-${i}`,
    roles: ['supplier'],
    supplier: `s${i}`,
  }));
  const withLines = (story: Story): Story => {
    const demand = story.purchase.demand as NonNullable<Purchase['demand']>;
    story.purchase = { ...story.purchase, demand: { ...demand, lines, hash: demandHash(file.demand) } };
    return story;
  };
  const plan = { ...PLAN, priceApart: false, notApplicable: [] };
  const handedIn = (): Story => {
    const story = withLines(published({ title: 'Citizens’ portal' }, plan));
    for (const by of suppliers)
      story.does(by, 'offer.submit', {
        id: `o${by.supplier}`,
        lot: 'all',
        invitation: null,
        hashes: ['a'.repeat(64)],
        bytes: 65_536,
        demand: story.purchase.demand?.hash ?? '',
      });
    return story;
  };
  const judged = (): Story => {
    const story = opened(handedIn());
    for (const person of ['eva', 'emil'] as const)
      story.purchase.offers.forEach((offer, o) => {
        lines.forEach(({ id }, i) => {
          story.does(person, 'score.write', {
            offer: offer.id,
            requirement: id,
            value: (o + i + (person === 'eva' ? 1 : 0)) % 4,
            reason: 'As shown.',
          });
        });
      });
    return story;
  };
  return [withLines(specified({ title: 'Network' }, plan)), handedIn(), judged(), judged(), opened(handedIn())];
}

function answersOf(file: DemandFile, most = 65): Record<string, string | number | boolean> {
  const form = formOf(file.demand, file.catalogue, 'en', { deviation: '', evidence: '', remark: '', units: {} });
  return Object.fromEntries(
    form.questions
      .slice(0, most)
      .map(({ id, type, choices }) => [
        id,
        type === 'choice'
          ? (choices[0]?.id ?? '')
          : type === 'number'
            ? 24
            : type === 'yes-no'
              ? true
              : 'As our manual says.',
      ]),
  );
}

/** The same with other ids, wherever they stand. */
function renamed<T>(value: T, ids: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value), (_, one) => (typeof one === 'string' ? (ids.get(one) ?? one) : one));
}

/** A row in COPY's text format. */
function line(...cells: (string | number | boolean | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '\\N' : String(cell).replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? ''))).join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const bytes = (value: Buffer): string => `\\x${value.toString('hex')}`;

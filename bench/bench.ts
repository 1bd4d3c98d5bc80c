/**
 * `npm run bench`: measures what people wait for and writes docs/benchmarks.md. Uses the corpus beside the checkout when it is
 * there, else the bundled examples. `--quick` leaves the 10,000 documents out.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { machine, median, PROVISO, ROOT, record, run } from './measure.ts';

const quick = process.argv.includes('--quick');
const corpus = [join(ROOT, '../shared/corpus/docs'), join(ROOT, 'examples/documents')].find((folder) =>
  existsSync(folder),
);
if (!corpus) throw new Error('there are no documents to measure on');
const files = readdirSync(corpus).map((name) => join(corpus, name));
const pdfs = files.filter((file) => extname(file) === '.pdf');
const scratch = mkdtempSync(join(tmpdir(), 'proviso-bench-'));
const lines: string[] = [];
const say = (line: string): void => {
  console.log(line);
  lines.push(line);
};

try {
  say(
    `Made by \`npm run bench\` on ${machine()}. The machine is shared and noisy: trust ratios within a run more than seconds.`,
  );
  say('');
  await startup();
  await wholeCorpus();
  await pdfAgainstPdftotext();
  await warm();
  await matcher();
  await demand();
  await lint();
  await curve();
  record('npm run bench', lines);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function times(command: string[], n: number): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i <= n; i++) {
    const result = await run(command);
    if (i > 0) seconds.push(result.seconds);
  }
  return median(seconds);
}

async function startup(): Promise<void> {
  say('## Start');
  say('');
  say('| command, cold process, median of 9 | ms | wanted |');
  say('|---|---|---|');
  const version = await times([...PROVISO, '--version'], 9);
  say(`| \`proviso --version\` | ${(version * 1000).toFixed(0)} | ≤ 100 |`);
  const resolve = await times([...PROVISO, 'resolve', 'TLS 1.0 and ISO27001:2013'], 9);
  say(`| \`proviso resolve "TLS 1.0 and ISO27001:2013"\` | ${(resolve * 1000).toFixed(0)} | ≤ 150 |`);
  const bare = await times([process.execPath, '-e', '0'], 9);
  say(`| \`node -e 0\`, for comparison | ${(bare * 1000).toFixed(0)} | |`);
  say('');
}

async function wholeCorpus(): Promise<void> {
  say('## A folder of real documents, cold');
  say('');
  say('| what | documents | s | documents/s | peak MB of a process | wanted |');
  say('|---|---|---|---|---|---|');
  const seconds: number[] = [];
  let peak = 0;
  for (let i = 0; i < 3; i++) {
    const result = await run([...PROVISO, 'read', '--no-cache', '--quiet', '--format', 'ndjson', corpus ?? '']);
    seconds.push(result.seconds);
    peak = Math.max(peak, result.peakMb);
  }
  const took = median(seconds);
  say(
    `| everything, median of 3 | ${files.length} | ${took.toFixed(1)} | ${(files.length / took).toFixed(0)} | ${peak.toFixed(0)} | ≤ 12 s, ≤ 400 MB |`,
  );
  say('');
}

async function pdfAgainstPdftotext(): Promise<void> {
  if (pdfs.length === 0) return;
  say('## PDF alone, against pdftotext in the same run');
  say('');
  const ours = async (): Promise<number> =>
    (await run([...PROVISO, 'read', '--no-cache', '--quiet', '--format', 'ndjson', ...pdfs])).seconds;
  const theirs = async (): Promise<number> => {
    let sum = 0;
    for (const pdf of pdfs) sum += (await run(['pdftotext', pdf, join(scratch, 'out.txt')])).seconds;
    return sum;
  };
  if ((await run(['pdftotext', '-v']).catch(() => null)) === null) {
    say('`pdftotext` is not installed (Debian: poppler-utils), so this was not measured.');
    say('');
    return;
  }
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < 3; i++) {
    a.push(await ours());
    b.push(await theirs());
  }
  say('| what | s, median of 3 |');
  say('|---|---|');
  say(`| \`proviso read\` of ${pdfs.length} PDFs, everything included | ${median(a).toFixed(1)} |`);
  say(`| \`pdftotext\`, one after another, text only | ${median(b).toFixed(1)} |`);
  say(`| ratio (wanted ≤ 2.5) | ${(median(a) / median(b)).toFixed(2)} |`);
  say('');
}

async function warm(): Promise<void> {
  if (pdfs.length === 0) return;
  const result = await run([process.execPath, join(ROOT, 'bench/warm.ts'), ...pdfs], { keepOutput: true });
  say('## PDF, warm, one core');
  say('');
  say(result.stdout.trim());
  say('');
}

async function matcher(): Promise<void> {
  const result = await run([process.execPath, join(ROOT, 'bench/matcher.ts')], { keepOutput: true });
  say('## Matcher');
  say('');
  say(result.stdout.trim());
  say('');
}

async function demand(): Promise<void> {
  const result = await run([process.execPath, join(ROOT, 'bench/derive.ts')], { keepOutput: true });
  say('## Deriving a demand, and the form for suppliers');
  say('');
  say(result.stdout.trim());
  say('');
}

/** A long Word draft from cold, the whole corpus against reading it, and texts that grow. */
async function lint(): Promise<void> {
  say('## Linting');
  say('');
  say('| what | s, median of 3 | wanted |');
  say('|---|---|---|');
  const long = join(scratch, 'long.docx');
  await run([process.execPath, join(ROOT, 'bench/long-draft.ts'), long]);
  const draft = await times([...PROVISO, 'lint', '--no-cache', '--quiet', '--format', 'json', long], 3);
  say(`| \`proviso lint\` of a Word draft of 100 pages (40,000 words), cold | ${draft.toFixed(2)} | ≤ 1 |`);
  const read = await times([...PROVISO, 'read', '--no-cache', '--quiet', '--format', 'ndjson', corpus ?? ''], 3);
  const all = await times([...PROVISO, 'lint', '--each', '--no-cache', '--quiet', '--format', 'json', corpus ?? ''], 3);
  say(`| \`proviso read\` of ${files.length} documents | ${read.toFixed(1)} | |`);
  say(
    `| \`proviso lint --each\` of the same: ${(all / read).toFixed(2)} times as long | ${all.toFixed(1)} | ≤ 1.3 times |`,
  );
  say('');
  say('| text of | s | s for each megabyte |');
  say('|---|---|---|');
  for (const megabytes of [0.25, 0.5, 1, 2]) {
    const file = join(scratch, `${megabytes}.txt`);
    const sentence =
      'The supplier must report security incidents within 24 hours and encrypt all data with TLS 1.2 or later.\n';
    writeFileSync(file, sentence.repeat(Math.round((megabytes * 1e6) / sentence.length)));
    const took = await times([...PROVISO, 'lint', '--no-cache', '--quiet', '--format', 'json', file], 1);
    say(`| ${megabytes} MB | ${took.toFixed(2)} | ${(took / megabytes).toFixed(2)} |`);
  }
  say('');
}

/** Copies of the smaller documents, so that the curve shows the cost of many documents and not of a few large ones. */
async function curve(): Promise<void> {
  say('## Cost of many documents');
  say('');
  say('| documents | s | ms a document | peak MB of a process |');
  say('|---|---|---|---|');
  const small = files.filter((file) => statSync(file).size < 40_000);
  const points: { n: number; ms: number }[] = [];
  for (const n of quick ? [10, 100, 1000] : [10, 100, 1000, 10_000]) {
    const folder = join(scratch, String(n));
    mkdirSync(folder);
    for (let i = 0; i < n; i++) {
      const from = small[i % small.length];
      if (from) copyFileSync(from, join(folder, `${String(i).padStart(5, '0')}${extname(from)}`));
    }
    const result = await run([...PROVISO, 'read', '--no-cache', '--quiet', '--format', 'ndjson', folder]);
    points.push({ n, ms: (result.seconds * 1000) / n });
    say(
      `| ${n} | ${result.seconds.toFixed(1)} | ${((result.seconds * 1000) / n).toFixed(1)} | ${result.peakMb.toFixed(0)} |`,
    );
    rmSync(folder, { recursive: true });
  }
  say('');
  say('```');
  const top = Math.max(...points.map((point) => point.ms));
  for (const { n, ms } of points)
    say(
      `${String(n).padStart(6)} documents  ${'█'.repeat(Math.max(1, Math.round((ms / top) * 50)))} ${ms.toFixed(1)} ms each`,
    );
  say('```');
  say('');
}

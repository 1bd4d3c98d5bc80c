import type { Purchase } from '@proviso/procurement';
import type { Dossier } from './dossier.ts';
import { markup } from './markup.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}';

/** One page that tells a purchase's life, for whoever opens the dossier; no script, nothing from elsewhere, every text of others escaped. */
export function dossierPage({ buyer, purchase, people, suppliers, made }: Dossier): string {
  const { description, notice, state } = purchase;
  const who = (id: string): string => people[id] ?? suppliers[id] ?? id;
  const facts: [string, string][] = [
    ['Reference', description.reference ?? '–'],
    ['Buyer', buyer],
    ['State', state],
    ['Procedure', description.procedure],
    ['Country', description.country],
    ['Closing', notice ? `${notice.closing.local} ${notice.closing.zone}` : '–'],
    ['Demand', purchase.demand?.hash ?? '–'],
    ['Made', made],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markup(description.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 lang="${description.language}">${markup(description.title)}</h1>
${table(['', ''], facts)}
<p>What the person who made this dossier may not see is not in it: sealed offers, offers of lots with a conflict of interest, scores that are still blind. The files beside this page hold the rest as JSON; <code>log/</code> is checked by <code>proviso log verify</code>.</p>
${section(
  'Questions',
  ['Asked', 'Question', 'Answer'],
  purchase.questions.map(({ at, text, answer }) => [at, answer?.wording ?? text, answer?.text ?? '–']),
)}
${section(
  'Corrections',
  ['Published', 'Reason', 'What'],
  purchase.corrigenda.map(({ at, reason, changed }) => [at, reason, changed.map(({ what }) => what).join(', ')]),
)}
${section(
  'Offers',
  ['Offer', 'Supplier', 'Lot', 'Received', 'Late', 'Hashes', 'Price'],
  purchase.offers.map((one) => [
    one.id,
    who(one.supplier),
    one.lot,
    one.at,
    one.late ? 'late' : '',
    one.hashes.join(' '),
    one.price === null ? '–' : (one.price / 100).toFixed(2),
  ]),
)}
${section(
  'Openings',
  ['Part', 'Round', 'Present', 'Done'],
  purchase.openings.map(({ part, round, present, done }) => [
    part,
    String(round),
    present.map(({ person }) => who(person)).join(', '),
    done?.at ?? '–',
  ]),
)}
${section(
  'Exclusions',
  ['Offer', 'Ground', 'Reason'],
  purchase.evaluation.exclusions.map(({ offer, ground, reason }) => [offer, ground, reason]),
)}
${purchase.awards.map((award) => awardSection(award, purchase, who)).join('\n')}
${section(
  'Obligations',
  ['Requirement', 'Owner', 'Due', 'State'],
  purchase.obligations.map(({ requirement, owner, due, state: now }) => [requirement, who(owner), due, now]),
)}
</main>
</body>
</html>
`;
}

function awardSection(award: Purchase['awards'][number], { offers }: Purchase, who: (id: string) => string): string {
  const supplier = (id: string): string => who(offers.find((one) => one.id === id)?.supplier ?? id);
  const head = `Award of lot ${award.lot}${award.withdrawn ? ' (withdrawn)' : ''}`;
  const rows = award.result.offers.map(({ id, standing, rank, total }) => [
    rank === null ? '–' : String(rank),
    supplier(id),
    total ?? standing,
    award.offers.includes(id) ? 'chosen' : '',
  ]);
  return `${section(head, ['Rank', 'Supplier', 'Points', ''], rows)}<p>${markup(award.reason)}</p>`;
}

function section(head: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `<h2>${markup(head)}</h2>\n${table(columns, rows)}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.some((one) => one !== '')
    ? `<thead><tr>${columns.map((one) => `<th scope="col">${markup(one)}</th>`).join('')}</tr></thead>`
    : '';
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${markup(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table>${head}<tbody>${body}</tbody></table>`;
}

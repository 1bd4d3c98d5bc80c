/**
 * Three hundred people at once, in a process of their own: each reads or writes, thinks for two seconds, and goes on. Its plan comes on
 * standard input as JSON, its figures go to standard output.
 */
import { text } from 'node:stream/consumers';

export interface Plan {
  url: string;
  tenant: string;
  /** Cookies of people who are signed in, by what they are called. */
  cookies: Record<string, string>;
  opened: string[];
  published: string[];
  users: number;
  seconds: number;
  thinkMs: number;
}

export interface Figures {
  /** Milliseconds of each request, by kind. */
  took: Record<string, number[]>;
  errors: Record<string, number>;
}

const WRITES = new Set(['comment', 'score']);
export const isWrite = (kind: string): boolean => WRITES.has(kind);
const WORDS = ['encryption', 'supplier contract', 'password', 'incident notice', '"backup server"'];

async function drive(plan: Plan): Promise<Figures> {
  const figures: Figures = { took: {}, errors: {} };
  const end = Date.now() + plan.seconds * 1000;
  const names = Object.keys(plan.cookies);
  await Promise.all(
    Array.from({ length: plan.users }, async (_, user) => {
      await pause(Math.random() * plan.thinkMs);
      for (let turn = user; Date.now() < end; turn++) {
        await act(plan, figures, names[user % names.length] as string, turn);
        await pause(plan.thinkMs * (0.5 + Math.random()));
      }
    }),
  );
  return figures;
}

/** Of ten requests eight read. */
async function act(plan: Plan, figures: Figures, who: string, turn: number): Promise<void> {
  const at = `/api/t/${plan.tenant}`;
  const of = (list: string[]): string => list[(turn * 37) % list.length] ?? '';
  const opened = of(plan.opened);
  switch (turn % 10) {
    case 0:
      return await ask(plan, figures, who, 'home', `${at}/home`);
    case 1:
    case 2:
      return await ask(plan, figures, who, 'list', `${at}/purchases?q=${1 + (turn % 90)}`);
    case 3:
    case 4:
      return await ask(plan, figures, who, 'purchase', `${at}/purchases/${of(plan.published)}`);
    case 5:
      return await ask(
        plan,
        figures,
        who,
        'search',
        `${at}/search?q=${encodeURIComponent(WORDS[turn % WORDS.length] ?? '')}`,
      );
    case 6:
      return await ask(plan, figures, 'eva', 'evaluation', `${at}/purchases/${opened}/evaluation?language=en`);
    case 7:
      return await ask(plan, figures, 'bram', 'suppliers', `${at}/suppliers`);
    case 8:
      return await ask(
        plan,
        figures,
        who === 'odin' || who === 'opal' ? 'bram' : who,
        'comment',
        `${at}/purchases/${of(plan.published)}/comments`,
        {
          subject: 'title',
          text: `Remark ${turn}`,
        },
      );
    default: {
      const evaluator = turn % 2 === 0 ? 'eva' : 'emil';
      const view = (await (
        await fetch(`${plan.url}${at}/purchases/${opened}`, { headers: { cookie: plan.cookies[evaluator] ?? '' } })
      ).json()) as {
        version: number;
        purchase: { offers: { id: string }[]; demand: { lines: { id: string }[] } };
      };
      const { offers, demand } = view.purchase;
      const offer = offers[turn % offers.length]?.id;
      const requirement = demand.lines[turn % demand.lines.length]?.id;
      const input = { offer, requirement, value: turn % 4, reason: 'As shown in the manual.' };
      return await ask(plan, figures, evaluator, 'score', `${at}/purchases/${opened}/commands/score.write`, {
        version: view.version,
        input,
      });
    }
  }
}

async function ask(
  plan: Plan,
  figures: Figures,
  who: string,
  kind: string,
  path: string,
  body?: object,
): Promise<void> {
  const start = performance.now();
  try {
    const answer = await fetch(`${plan.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie: plan.cookies[who] ?? '',
        origin: plan.url,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    if (!answer.ok) fault(figures, `${kind} ${answer.status} ${said.slice(0, 120)}`);
  } catch (error) {
    fault(figures, `${kind} ${error instanceof Error ? error.message : error}`);
  }
  const list = figures.took[kind] ?? [];
  figures.took[kind] = list;
  list.push(performance.now() - start);
}

function fault(figures: Figures, what: string): void {
  figures.errors[what] = (figures.errors[what] ?? 0) + 1;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

if (import.meta.main) process.stdout.write(JSON.stringify(await drive(JSON.parse(await text(process.stdin)) as Plan)));

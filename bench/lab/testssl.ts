import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, type Verdict, worstOf } from '@proviso/probes';
import { said } from './said.ts';
import type { Tally } from './tally.ts';

/** Versions by what testssl.sh calls them. */
const VERSIONS: Readonly<Record<string, string>> = {
  SSLv2: 'SSL 2.0',
  SSLv3: 'SSL 3.0',
  TLS1: 'TLS 1.0',
  TLS1_1: 'TLS 1.1',
  TLS1_2: 'TLS 1.2',
  TLS1_3: 'TLS 1.3',
};

/** What testssl.sh says of a finding, by its id, and the check that says the same here. */
const FINDINGS: readonly { id: string; check: string; good: (finding: string) => boolean; bad: Verdict; web?: true }[] =
  [
    { id: 'HSTS_time', check: 'web.hsts', good: (text) => !text.includes('too short'), bad: 'fail', web: true },
    {
      id: 'BREACH',
      check: 'web.compression',
      good: (text) => text.startsWith('not vulnerable'),
      bad: 'warn',
      web: true,
    },
    {
      id: 'secure_renego',
      check: 'tls.renegotiation-secure',
      good: (text) => text.startsWith('supported'),
      bad: 'fail',
    },
    { id: 'CRIME_TLS', check: 'tls.compression', good: (text) => text.startsWith('not vulnerable'), bad: 'fail' },
  ];

/** Versions that an endpoint was seen to speak. */
export function versionsIn(results: readonly CheckResult[]): string[] {
  const names = results
    .filter(({ check }) => check === 'tls.version')
    .flatMap(({ observations }) => observations)
    .filter(({ code }) => code !== 'version-unknown')
    .flatMap(({ values }) => String(values?.names ?? '').split(', '));
  return [...new Set(names)].filter((name) => name !== '').sort();
}

/** Compares what was seen of an endpoint with what testssl.sh sees of it. */
export function compareTestssl(
  tally: Tally,
  folder: string,
): (host: string, address: string, results: readonly CheckResult[], starttls?: 'smtp') => Promise<void> {
  const compare = tally.with('testssl.sh');
  return async (host, address, results, starttls) => {
    const file = join(folder, `testssl-${host}.json`);
    const questions = starttls ? ['-t', starttls, '-p', '-R', '-C'] : ['-p', '-h', '-R', '-C', '-B'];
    const port = starttls ? 25 : 443;
    const quick = [
      '--quiet',
      '--fast',
      '--warnings',
      'off',
      '--nodns',
      'none',
      '--color',
      '0',
      // It says nothing at all of a server that did not answer in time, which on a busy machine takes its while.
      '--connect-timeout',
      '20',
      '--openssl-timeout',
      '20',
    ];
    await said('testssl', [...quick, ...questions, '--jsonfile', file, '--ip', address, `${host}:${port}`], {
      milliseconds: 180_000,
    });
    const found = new Map(
      (JSON.parse(readFileSync(file, 'utf8')) as { id: string; finding: string }[]).map(({ id, finding }) => [
        id,
        finding,
      ]),
    );
    const versions = Object.keys(VERSIONS).filter((id) => /^offered/.test(found.get(id) ?? ''));
    compare(
      `${host}: versions`,
      `${host}: versions`,
      versionsIn(results).join(', '),
      versions
        .map((id) => VERSIONS[id])
        .sort()
        .join(', '),
    );
    for (const { id, check, good, bad, web } of FINDINGS) {
      if (web && starttls) continue;
      const finding = found.get(id);
      const own = results.filter((result) => result.check === check);
      const verdict = worstOf(own.map((one) => one.verdict));
      if (verdict === 'not-applicable') continue;
      if (finding === undefined) tally.fault(`testssl.sh says nothing of ${id} of ${host}`);
      else compare(`${host}: ${check}`, `${host}: ${check}`, verdict, good(finding) ? 'pass' : bad, finding);
    }
  };
}

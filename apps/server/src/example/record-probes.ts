import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createProber, newSigner, sealBundle } from '@proviso/probes';
import { type Internet, startInternet } from '@proviso/probes/testing/internet';
import { looksOf } from '../probing/looks.ts';
import { EXAMPLE_PLACE } from './place.ts';
import { type ExampleLook, LOOKS, PROBES, targetsOf } from './probes.ts';

/**
 * Records the proof that the worked example shows, in the small internet of the probes' tests: `node apps/server/src/example/record-probes.ts`. The
 * verdicts are the same each time; keys, certificates and times, and so the files' names, are not.
 */
async function record(): Promise<void> {
  await rm(PROBES, { recursive: true, force: true });
  await mkdir(PROBES, { recursive: true });
  const signer = newSigner();
  for (const look of LOOKS) {
    const internet = await startInternet({ [look.domain]: look.kind });
    try {
      for (const [name, text] of await bundlesOf(internet, look, signer)) await writeFile(new URL(name, PROBES), text);
    } finally {
      await internet.close();
    }
  }
  process.stdout.write(`${(await readdir(PROBES)).length} bundles in ${PROBES.pathname}\n`);
}

async function bundlesOf(
  internet: Internet,
  { domain, days }: ExampleLook,
  signer: ReturnType<typeof newSigner>,
): Promise<[name: string, text: string][]> {
  const profile = internet.profile('internet-nl');
  const made: [string, string][] = [];
  for (const { kind, name, families, declared } of looksOf(targetsOf(domain))) {
    const prober = createProber({
      ...internet.options,
      program: 'proviso 0.1.0',
      place: EXAMPLE_PLACE,
      profile,
      families,
      declared,
      timeout: 2000,
    });
    const { outcome, evidence } = await prober.probe(name);
    made.push([`${name}.${kind}.${-days}.probe.json`, sealBundle({ outcome, evidence, profile }, signer).text]);
  }
  return made;
}

await record();

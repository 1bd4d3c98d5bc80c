import { getServers } from 'node:dns';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { basename } from 'node:path';
import {
  type Declared,
  FAMILIES,
  familiesFor,
  loadProbeProfile,
  type ProbeFamily,
  type ProbeProfile,
  ProfileError,
  probeProfileIds,
  RoutingDataError,
  readProbeProfile,
  readRoutes,
  readVrps,
  SERVICES,
  type Server,
  storeWith,
  type Tables,
  type TrustStore,
} from '@proviso/probes';
import { parse } from 'yaml';
import { UsageError } from '../exit.ts';
import { nameIn } from './probe-names.ts';

/** The families that were named: `dns,web`. Where nothing was said the usual ones, and those of the services. @throws UsageError */
export function familiesIn(text: string | undefined, services: Declared['services'] = []): readonly ProbeFamily[] {
  if (text === undefined) return familiesFor(services);
  const named = text.split(',').map((one) => one.trim());
  const unknown = named.find((one) => !FAMILIES.includes(one as ProbeFamily));
  if (unknown !== undefined)
    throw new UsageError(`probe: there is no family "${unknown}". There are: ${FAMILIES.join(', ')}.`);
  return FAMILIES.filter((one) => named.includes(one));
}

/** A profile by its name, or out of a file. @throws UsageError that says what is wrong in it */
export async function profileIn(name: string): Promise<ProbeProfile> {
  try {
    if (probeProfileIds().includes(name)) return loadProbeProfile(name);
    const text = await readFile(name, 'utf8').catch(() => null);
    if (text === null)
      throw new UsageError(
        `probe: there is no profile and no file "${name}". Profiles: ${probeProfileIds().join(', ')}.`,
      );
    return readProbeProfile(parsed(text, name));
  } catch (error) {
    if (error instanceof ProfileError) throw new UsageError(error.message, error.details);
    throw error;
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${name} is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}

/** Who answers for names: `root`, `system`, or addresses with a port if it is not 53. @throws UsageError */
export function resolverIn(text: string): 'root' | Server[] {
  if (text === 'root') return 'root';
  const named = text === 'system' ? getServers() : text.split(',');
  if (named.length === 0) throw new UsageError('probe: this machine names no resolver. Give its address.');
  return named.map((one) => serverIn(one.trim()));
}

function serverIn(text: string): Server {
  const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = isIP(text) === 0 ? (bracketed ?? plain ?? '') : text;
  const number = isIP(text) === 0 ? Number(port) : 53;
  if (isIP(address) === 0 || number < 1 || number > 65_535)
    throw new UsageError(
      `probe: "${text}" is no resolver. Write root, system, or an address, as 9.9.9.9 or [::1]:5353.`,
    );
  return { address, port: number };
}

/** What the owner says of the names. @throws UsageError where it is none of that */
export function declaredIn(options: { dkim?: string; senders?: string; service?: string[] }): Declared {
  const list = (text: string | undefined) =>
    (text ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const senders = list(options.senders);
  const wrong = senders.find((one) => isIP(one) === 0);
  if (wrong !== undefined) throw new UsageError(`probe: "${wrong}" is no address to send mail from.`);
  return { selectors: list(options.dkim), senders, services: (options.service ?? []).map(serviceIn) };
}

function serviceIn(text: string): Declared['services'][number] {
  const [, host = '', port = '', service = 'tls', path] =
    /^([^/]+):(\d{1,5})(?:\/([a-z0-9]+)(\/[!-~]{0,199})?)?$/.exec(text) ?? [];
  const name = nameIn(host);
  const known = SERVICES.find((one) => one === service);
  const misplaced = path !== undefined && known !== 'doh';
  if (name === null || known === undefined || misplaced || Number(port) < 1 || Number(port) > 65_535)
    throw new UsageError(
      `probe: "${text}" is no service. Write host and port, and what it is: imap.example.org:143/imap (${SERVICES.join(', ')}).`,
    );
  return { host: name, port: Number(port), service: known, ...(path === undefined ? {} : { path }) };
}

/** Roots that certificates may lead to: Mozilla's, and those of the file where one was named. @throws UsageError where it holds none */
export async function rootsIn(file: string | undefined): Promise<TrustStore | undefined> {
  if (file === undefined) return undefined;
  const pem = await readFile(file, 'utf8').catch(() => null);
  if (pem === null) throw new UsageError(`${file} cannot be read. Name a file with root certificates in PEM.`);
  try {
    return storeWith(pem, basename(file));
  } catch {
    throw new UsageError(`${file} holds no root certificates. Give them in PEM: -----BEGIN CERTIFICATE-----.`);
  }
}

/** VRPs and routes out of files. @throws UsageError where a file is none */
export async function tablesIn(vrps: string | undefined, routes: string | undefined): Promise<Tables | undefined> {
  if (vrps === undefined) {
    if (routes !== undefined) throw new UsageError('probe: --routes needs --vrps, the data on ROAs.');
    return undefined;
  }
  try {
    return {
      vrps: await readVrps(createReadStream(vrps, 'utf8')),
      vrpsName: basename(vrps),
      routes: routes === undefined ? null : await readRoutes(linesOf(routes)),
      routesName: routes === undefined ? '' : basename(routes),
    };
  } catch (error) {
    if (error instanceof RoutingDataError) throw new UsageError(error.message);
    if (error instanceof Error && 'code' in error) throw new UsageError(`${error.message.split(',')[0]}.`);
    throw error;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(file, 'utf8')) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

import { type Command, Option } from 'commander';
import { LANGUAGES, notNegative, positive } from './option-values.ts';
import { DEFAULT_EXCHANGE_SECONDS, DEFAULT_NAME_SECONDS, DEFAULT_NAMES_AT_A_TIME } from './run/limits.ts';

/** The same as the formats of `probe`, which are not loaded for a mere --help. */
const PROBE_FORMATS = ['pretty', 'json', 'ndjson', 'sarif', 'html', 'internetnl', 'internetnl-mail'];

function probeFailOn(): Option {
  return new Option('--fail-on <verdict>', 'exit with 1 when a check comes to this or worse').choices([
    'warn',
    'inconclusive',
    'fail',
  ]);
}

/** Adds `probe` and `probe replay`, and gives the first. */
export function addProbe(program: Command): Command {
  const probe = program
    .command('probe')
    .enablePositionalOptions()
    .summary('are the internet standards deployed?')
    .description(
      'Looks at hosts and domains from outside: names and DNSSEC, web, TLS, mail, routing, time servers, resolvers. Says of each check whether it passes, fails or\n' +
        'warns, why it matters and what to do. What gave no answer is "not known", never a failure.\n' +
        'Probe only what you may: your own services, or those of a supplier who agreed to it.',
    )
    .argument('[names...]', 'hosts or domains, as example.org or www.example.org')
    .addOption(
      new Option('-f, --format <format>', 'how the verdicts are written (default: pretty)').choices(PROBE_FORMATS),
    )
    .option('--json', 'the same as --format json')
    .option('-o, --out <file>', 'write to a file instead of standard output')
    .option('--list <file>', 'names out of a file, one a line; - for standard input')
    .option(
      '--results <file>',
      'add each outcome to this file as it comes; with the same file a run that was stopped goes on',
    )
    .option(
      '--families <list>',
      'only these: dns,web,tls,mail,routing,time,resolver (default: the first five, and those of each --service); dnssec is the part of dns that asks no name server by itself, for long lists',
    )
    .option(
      '--profile <name>',
      'internet-nl, ncsc-nl-2.1, bsi-tr-02102-2, strict, or a YAML file of your own',
      'internet-nl',
    )
    .option(
      '--resolver <who>',
      'root (ask the name servers themselves), system, or addresses as 9.9.9.9 or [::1]:5353',
      'root',
    )
    .option('--bundle <folder>', 'keep the proof of each name here: one signed file with all that was seen')
    .option(
      '--key <file>',
      'the Ed25519 key to sign with, in PEM (default: PROVISO_PROBE_KEY, or one of your own that is made)',
    )
    .addOption(probeFailOn())
    .option('--all', 'show what passed too')
    .addOption(new Option('--lang <language>', 'language of the words').choices(LANGUAGES))
    .option('--dkim <selectors>', 'selectors that mail is signed with: s1,s2')
    .option('--senders <addresses>', 'addresses that mail is sent from: 192.0.2.1,2001:db8::1')
    .option(
      '--service <host:port/kind...>',
      'further services: imap.example.org:143/imap, api.example.org:8443, time.example.org:4460/nts, dns.example.org:853/dot, dns.example.org:443/doh',
    )
    .option(
      '--vrps <file>',
      'data on ROAs: the JSON of rpki-client or routinator; without it nothing is said of routing',
    )
    .option('--routes <file>', 'a table of routes: bgpdump -m, RISwhois, pfx2as or JSON lines')
    .option('--roots <file>', 'certificates may lead to these roots too: PEM, as of an authority of your own')
    .option('--allow-private', 'also speak to private and loopback addresses')
    .option('-j, --jobs <n>', 'names at a time', positive, DEFAULT_NAMES_AT_A_TIME)
    .option('--timeout <seconds>', 'give up on one exchange after this long', positive, DEFAULT_EXCHANGE_SECONDS)
    .option('--most <seconds>', 'give up on one name after this long', positive, DEFAULT_NAME_SECONDS)
    .option('--pause <ms>', 'wait between two connections to one endpoint', notNegative, 0)
    .option('--place <text>', 'what to call the place from which you look; kept in the proof')
    .option('-q, --quiet', 'no progress line and no remarks')
    .addHelpText(
      'after',
      `
Examples:
  proviso probe example.org
  proviso probe example.org --profile strict --all
  proviso probe example.org --families mail --dkim s1,s2
  proviso probe time.example.org --families time                   a time server: NTS
  proviso probe dns.example.org --families resolver                a resolver: DNS over TLS and HTTPS, DNSSEC validation
  proviso probe www.example.org api.example.org --families web,tls --format sarif --fail-on fail
  proviso probe --list names.txt --results results.ndjson          stop it with Ctrl-C; the same command goes on
  proviso probe --list names.txt --results results.ndjson --format html -o report.html
  proviso probe example.org --bundle proof/
  proviso probe replay proof/example.org-….probe.json              the same verdicts years later, without a network

One address is visited by one connection after the other. docs/probe.md says what each check looks at, and how to write a profile.

Exit codes: 1 --fail-on found something, 3 of some names nothing could be found out, 130 stopped.`,
    )
    .action(async (names: string[], options) => (await import('./commands/probe.ts')).probeCommand(names, options));
  probe
    .command('replay')
    .summary('judge a bundle again, without a network')
    .description(
      'Judges what an earlier probe saw, offline: by the profile of then, or by another one. A bundle that was changed is refused.',
    )
    .argument('<bundle>', 'a file that "proviso probe --bundle" wrote')
    .option('--profile <name>', 'judge by this profile instead: a name, or a YAML file')
    .option('--signed-by <id>', 'refuse it unless it is signed with the key of this id')
    .addOption(
      new Option('-f, --format <format>', 'how the verdicts are written (default: pretty)').choices(PROBE_FORMATS),
    )
    .option('--json', 'the same as --format json')
    .option('-o, --out <file>', 'write to a file instead of standard output')
    .addOption(probeFailOn())
    .option('--all', 'show what passed too')
    .addOption(new Option('--lang <language>', 'language of the words').choices(LANGUAGES))
    .option('-q, --quiet', 'no remarks')
    .addHelpText(
      'after',
      `
Examples:
  proviso probe replay proof/example.org-….probe.json
  proviso probe replay proof/example.org-….probe.json --profile strict`,
    )
    .action(async (bundle: string, options) => (await import('./commands/probe.ts')).replayCommand(bundle, options));
  return probe;
}

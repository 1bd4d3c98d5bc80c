import { Argument, Command, Option } from 'commander';
import { country, isoDate, LANGUAGES, language, positive } from './option-values.ts';
import { addProbe } from './probe-program.ts';
import { DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS } from './run/limits.ts';
import { VERSION } from './version.ts';

const HELP_AFTER = `
Start here:
  proviso read tenders/                    three answers for every document in a folder
  proviso read tenders/ --format html --out report.html
  proviso resolve "TLS 1.0 and ISO27001:2013"
  proviso standard "RFC 5246"              one standard, its state and its lineage
  proviso probe example.org                are the internet standards deployed?
  proviso doctor                           is this installation in order?

Exit codes:
  0  done
  1  done, and --fail-on found something
  2  the command line was wrong
  3  done, but some documents could not be read (each says why)
 70  a fault in Proviso itself
 74  the answers could not be written (a full disk)
130  stopped with Ctrl-C; the same command goes on where it stopped`;

/** The whole command line. Each command's code is loaded when it is called, so that a quick question gets a quick answer. */
export function createProgram(): Command {
  const program = new Command('proviso')
    .description('Reads what procurement documents ask of internet security, and says which standards they name.')
    .version(VERSION, '-V, --version')
    .addHelpText('after', HELP_AFTER)
    // What stands after a command is the command's: `probe` and `probe replay` share names of options.
    .enablePositionalOptions()
    .showHelpAfterError('Say "proviso --help" to see what there is.')
    .exitOverride();

  const read = program
    .command('read')
    .summary('answer the three questions for documents')
    .description(
      'Answers three questions for each document, with the words each answer rests on:\n' +
        '  1  does it concern internet and digital communications?\n' +
        '  2  what does it say about security?\n' +
        '  3  does it name standards, which, and are they current?',
    )
    .argument('[paths...]', 'files, folders, zip files; - for one document on standard input')
    .addOption(
      new Option('-f, --format <format>', 'how the answers are written')
        .choices(['pretty', 'ndjson', 'json', 'csv', 'sarif', 'html'])
        .default('pretty'),
    )
    .option('-o, --out <file>', 'write to a file instead of standard output')
    .option('-j, --jobs <n>', 'documents read at once (default: one a core)', positive)
    .option('--from-stdin', 'take paths from standard input, one a line, and answer each in turn')
    .option('--with-text', 'add the text that the offsets point into')
    .addOption(new Option('--lang <language>', 'language of the answers').choices(LANGUAGES))
    .option('--as-of <date>', 'judge standards as of this day, as 2026-01-31 (default: today)', isoDate)
    .option(
      '--manifest <file>',
      'CSV with what is known of the documents: path or sha256; date, country, publisher, type',
    )
    .addOption(failOn());
  withLimits(read)
    .addHelpText(
      'after',
      `
Examples:
  proviso read tender.pdf annex.docx
  proviso read tenders/ --format ndjson > readings.ndjson
  proviso read tenders/ --format html --out report.html
  proviso read draft.docx --format sarif --fail-on warning
  find . -name '*.pdf' | proviso read --from-stdin --format ndjson

What is read is kept by content, so a run that was stopped goes on where it was.
PDF, Word, OpenDocument, Excel, PowerPoint, HTML, Markdown, reStructuredText, AsciiDoc, YAML, JSON, XML notices, mail, RTF, text, zip.`,
    )
    .action(async (paths: string[], options) => (await import('./commands/read.ts')).readCommand(paths, options));

  const lint = program
    .command('lint')
    .summary('say what is wrong with a draft tender')
    .description(
      'Reads the files of one tender and says what is stale, vague, missing or perhaps unlawful, each with its words and what to do.\n' +
        'Several files are one tender: what is absent is judged over all of them.',
    )
    .argument('[paths...]', 'files and folders of the tender')
    .addOption(
      new Option('-f, --format <format>', 'how findings are written')
        .choices(['pretty', 'json', 'sarif', 'html'])
        .default('pretty'),
    )
    .option('-o, --out <file>', 'write to a file instead of standard output')
    .option('--context <file>', 'what is bought, as YAML; without it, it is guessed from the words')
    .option('--catalogue <own.yaml>', 'what your organisation asks beside the catalogue, as the workbench exports it')
    .option('--comments <file.docx>', 'write the Word draft again with the findings as comments')
    .option('--suggest', 'with --comments: also propose the missing clauses as tracked insertions')
    .option('--each', 'each file is a tender of its own')
    .option('--baseline <file>', 'leave out findings that this file holds')
    .option('--write-baseline <file>', 'keep the findings of today as a baseline')
    .addOption(failOn())
    .addOption(new Option('--lang <language>', 'language of the findings').choices(LANGUAGES))
    .option('--as-of <date>', 'judge standards as of this day, as 2026-01-31 (default: today)', isoDate)
    .option('-j, --jobs <n>', 'documents read at once (default: one a core)', positive);
  withLimits(lint)
    .addHelpText(
      'after',
      `
Examples:
  proviso lint draft.docx annexes/
  proviso lint draft.docx --comments reviewed.docx --suggest
  proviso lint tender/ --context purchase.yaml --format html -o notes.html
  proviso lint tender/ --format sarif --fail-on error --baseline known.json

A finding is set aside by a mark with a reason, in a Word comment or a comment of HTML or Markdown:
  proviso-ignore tender/no-exit: the data never leave our building
docs/rules lists every rule, with its reason and examples.`,
    )
    .action(async (paths: string[], options) => {
      const pool = (await import('./run/reading-pool.ts')).startReading({
        jobs: options.jobs,
        timeoutSeconds: options.timeout,
        memoryMb: options.memory,
      });
      try {
        await (await import('./commands/lint.ts')).lintCommand(paths, options, pool);
      } finally {
        await pool.close();
      }
    });

  program
    .command('demand')
    .summary('derive what a purchase must ask for, and write the tender files')
    .description(
      'From a purchase, described in a file or by answering questions, to the smallest set of security requirements that answers its\n' +
        'risks, with a reason for everything that is in or out; and to the files of the tender: Word, Excel, an offline form, OSCAL, OCDS.',
    )
    .option('--context <files...>', 'the purchase, as YAML (see examples/contexts); without it, questions are asked')
    .option('-o, --out <folder>', 'write the files here; without it, only the summary is shown')
    .addOption(
      new Option('--lang <language>', 'language of the files (default: that of the context)').choices(LANGUAGES),
    )
    .option('--template <file.docx>', "the buyer's own Word template for the annex; it holds a paragraph {{proviso}}")
    .option('--diff <demand.json>', 'show what differs from an earlier demand')
    .option('--json', 'the demand, or the difference, as JSON')
    .option('--force', 'replace another demand in the folder')
    .addHelpText(
      'after',
      `
Examples:
  proviso demand --out tender/                               asks questions, then writes the files
  proviso demand --context examples/contexts/*.yaml --out out/
  proviso demand --context purchase.yaml --diff tender/demand.json
  proviso demand --context purchase.yaml --json`,
    )
    .action(async (options) => (await import('./commands/demand.ts')).demandCommand(options));

  program
    .command('answers')
    .summary("read a supplier's returned questionnaire")
    .description(
      'Reads a returned questionnaire (Excel) and says what of it could not be taken over. Nothing is guessed.',
    )
    .argument('<file>', 'the questionnaire as it came back')
    .requiredOption('--demand <demand.json>', 'the demand it answers')
    .option('-o, --out <file>', 'write the answers as JSON')
    .addOption(new Option('--lang <language>', 'language of the report').choices(LANGUAGES))
    .option('--json', 'answers, losses and missing answers as JSON')
    .addHelpText('after', '\nExample:\n  proviso answers returned.xlsx --demand tender/demand.json --out answers.json')
    .action(async (file: string, options) => (await import('./commands/answers.ts')).answersCommand(file, options));

  program
    .command('toolkit')
    .summary('write a policy, a report template, explanations and a training outline')
    .description(
      'Writes what an organisation needs to make security a habit of buying: a model policy with comply-or-explain, a yearly report,\n' +
        'one page on each standard for officers, and the outline of a training; as Word and HTML.',
    )
    .requiredOption('-o, --out <folder>', 'where the files go')
    .addOption(new Option('--lang <language>', 'one language (default: all four)').choices(LANGUAGES))
    .addHelpText('after', '\nExample:\n  proviso toolkit --out toolkit/ --lang fr')
    .action(async (options) => (await import('./commands/toolkit.ts')).toolkitCommand(options));

  const probe = addProbe(program);

  program
    .command('resolve')
    .summary('say which standards a text names')
    .description('Says which standards a text names, which of them are stale, and what replaced them.')
    .argument('[text...]', 'the text; without it, standard input is read')
    .option('--json', 'the mentions as JSON')
    .option('--as-of <date>', 'judge as of this day (default: today)', isoDate)
    .option('--date <date>', "the text's own date: what was current then?", isoDate)
    .option('--language <code>', 'language of the text, as nl', language)
    .option('--country <code>', 'country of the text, as NL: decides between national names', country)
    .addHelpText(
      'after',
      `
Examples:
  proviso resolve "TLS 1.0 and ISO27001:2013"
  proviso resolve --json "ISO 27001, 27017 et 27018 ou équivalent"
  pdftotext tender.pdf - | proviso resolve --json`,
    )
    .action(async (words: string[], options) => (await import('./commands/resolve.ts')).resolveCommand(words, options));

  program
    .command('standard')
    .summary('show one standard: its record and its lineage')
    .description('Shows a standard: what it is, whether it is current, what it replaced and what replaced it.')
    .argument('<id...>', 'as a person would write it: RFC 5246, "ISO/IEC 27001:2013", DNSSEC')
    .option('--json', 'the record and its lineage as JSON')
    .option('--as-of <date>', 'state on this day (default: today)', isoDate)
    .addHelpText('after', '\nExamples:\n  proviso standard RFC 5246\n  proviso standard "PCI DSS" --json')
    .action(async (id: string[], options) =>
      (await import('./commands/standard.ts')).standardCommand(id.join(' '), options),
    );

  const standards = program
    .command('standards')
    .summary('the registry as a whole')
    .description('The registry of standards as a whole.');
  standards
    .command('refresh')
    .description(
      "Imports each body's own public feed: rfc, nist, iso, w3c, etsi, itu, 3gpp. Of iec, ieee and oasis, which have none, it says so. " +
        'Needs a network; what could not be fetched stays as it was.',
    )
    .option('--only <bodies>', 'comma-separated: rfc, itu, …')
    .option('--dry-run', 'say what would change, change nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  proviso standards refresh --dry-run\n  proviso standards refresh --only rfc,nist',
    )
    .action(async (options) => (await import('./commands/standards.ts')).refreshCommand(options));
  standards
    .command('list')
    .description('Lists ids and titles, for finding one.')
    .argument('[words...]', 'only those that hold all these words')
    .option('--json', 'as JSON, one a line')
    .addHelpText('after', '\nExample:\n  proviso standards list mail security')
    .action(async (words: string[], options) => (await import('./commands/standards.ts')).listCommand(words, options));

  const study = program
    .command('study')
    .summary('a whole study in a folder')
    .description('A study in a folder: collect documents, read them, let people confirm, report.')
    .addHelpText(
      'after',
      `
One after the other:
  proviso study init    my-study --title "What twenty buyers ask"
  proviso study collect my-study
  proviso study read    my-study
  proviso study code    my-study --coder Ada --sheet ada.csv
  proviso study code    my-study --import ada.csv
  proviso study report  my-study`,
    );
  study
    .command('init')
    .description('Makes a study folder with an explained study.yaml.')
    .argument('<folder>')
    .option('--title <title>', 'what the study is called')
    .action(async (folder: string, options) => (await import('./commands/study.ts')).initCommand(folder, options));
  study
    .command('collect')
    .description('Takes a dated copy of every address and file of the list; again later, to see what changed.')
    .argument('<folder>')
    .option(
      '--list <file>',
      'addresses and files: CSV with a column address (and country, publisher, type, language, title), or one a line',
    )
    .option('--allow-private', 'also fetch from private and loopback addresses')
    .action(async (folder: string, options) => (await import('./commands/study.ts')).collectCommand(folder, options));
  study
    .command('read')
    .description("Fills in the machine's codes for the newest copies.")
    .argument('<folder>')
    .option('--as-of <date>', 'judge standards as of this day (default: today)', isoDate)
    .option('-j, --jobs <n>', 'documents read at once', positive)
    .action(async (folder: string, options) => (await import('./commands/study.ts')).readStudyCommand(folder, options));
  study
    .command('code')
    .description(
      'Writes a coding sheet for a person, or takes a filled one in, and says how well people and machine agree.',
    )
    .argument('<folder>')
    .option('--coder <name>', 'who codes')
    .option('--sheet <file>', 'write the sheet to this file')
    .option('--import <file>', 'take a filled sheet, or codings saved from the report')
    .option('--share <percent>', 'for a second coder: this share of the documents', positive)
    .option('--json', 'the agreement figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  proviso study code my-study --coder Ada --sheet ada.csv
  proviso study code my-study --coder Bo --share 50 --sheet bo.csv
  proviso study code my-study --import ada.csv
  proviso study code my-study                               the agreement so far`,
    )
    .action(async (folder: string, options) => (await import('./commands/study.ts')).codeCommand(folder, options));
  study
    .command('report')
    .description('Writes the report: one HTML file that works from disk.')
    .argument('<folder>')
    .option('-o, --out <file>', 'default: report.html in the folder')
    .addOption(
      new Option('--lang <language>', 'language it opens in (default: the one in study.yaml)').choices(LANGUAGES),
    )
    .action(async (folder: string, options) => (await import('./commands/study.ts')).reportCommand(folder, options));

  const data = (): Option =>
    new Option(
      '--data <folder>',
      "the workbench's data folder (default: PROVISO_DATA, or a folder of your own); DATABASE_URL names another PostgreSQL",
    );
  program
    .command('backup')
    .summary('everything of the workbench in one file')
    .description(
      'Writes everything of all organisations, as of one moment, into one file. The workbench may run meanwhile.',
    )
    .argument('<file>', 'a new file')
    .addOption(data())
    .option('--json', 'what was written, as JSON')
    .addHelpText(
      'after',
      `
Examples:
  proviso backup proviso-2026-11-26.backup
  DATABASE_URL=postgresql://… proviso backup nightly.backup --data /srv/proviso`,
    )
    .action(async (file: string, options) => (await import('./commands/backup.ts')).backupCommand(file, options));
  program
    .command('restore')
    .summary('put a backup into an empty workbench')
    .description(
      'Puts a backup into an empty workbench: all of it, or nothing. One of an earlier version is brought to this one.',
    )
    .argument('<file>', 'what "proviso backup" wrote')
    .addOption(data())
    .option('--check', 'only look whether the backup is whole')
    .option('--json', 'what was restored, as JSON')
    .action(async (file: string, options) => (await import('./commands/backup.ts')).restoreCommand(file, options));
  program
    .command('export')
    .summary('a whole purchase as an open dossier')
    .description(
      'Writes a whole purchase as an open dossier: JSON, files, the log, and a page to read. The workbench may run meanwhile.\n' +
        'Offers that are not opened are in it as they came, sealed; who bids is in it once that may be known.',
    )
    .argument('<purchase>', 'its reference, or its id')
    .requiredOption('-o, --out <path>', 'a new folder, or a new file whose name ends in .zip')
    .option('--organisation <name>', 'name or id, where several organisations have such a purchase')
    .addOption(data())
    .addOption(new Option('--lang <language>', 'language of what is said').choices(LANGUAGES))
    .option('--json', 'what was written, as JSON')
    .addHelpText(
      'after',
      `
Examples:
  proviso export 2026-17 --out 2026-17/
  proviso export 2026-17 --out 2026-17.zip --organisation "City of Aarlen"
  proviso log verify 2026-17.zip

Exit code 3: written, but a file of it is lost or damaged in the store (each is named).`,
    )
    .action(async (purchase: string, options) =>
      (await import('./commands/export.ts')).exportCommand(purchase, options),
    );
  const log = program
    .command('log')
    .summary("the workbench's log")
    .description('The log of what was done, each entry chained to the one before.');
  log
    .command('verify')
    .summary('was the log tampered with?')
    .description(
      'Checks the log of each organisation, entry by entry. Keep the heads that it prints somewhere else: with them it also sees an end that was cut off.\n' +
        'Given a dossier, it checks the log in that, without any database.',
    )
    .argument('[dossier]', 'what "proviso export" or the workbench wrote: a folder, or a zip')
    .addOption(data())
    .option('--heads <file>', 'what an earlier "proviso log verify --json" printed')
    .option('--json', 'as JSON, with the heads')
    .addHelpText(
      'after',
      `
Examples:
  proviso log verify
  proviso log verify --json > heads.json        and a month later
  proviso log verify --heads heads.json
  proviso log verify 2026-17.zip

Exit code 1: a log was changed.`,
    )
    .action(async (dossier: string | undefined, options) =>
      (await import('./commands/log.ts')).verifyLogCommand(dossier, options),
    );

  program
    .command('doctor')
    .summary('is this installation in order?')
    .description(
      'Checks Node, the registry, that a document is read in a child process, the cache and free memory, and says what to do.',
    )
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/doctor.ts')).doctorCommand(options));

  program
    .command('completion')
    .summary('shell completion')
    .description('Prints a script that completes commands, options and their values in your shell.')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  proviso completion bash > ~/.local/share/bash-completion/completions/proviso
  proviso completion zsh > "\${fpath[1]}/_proviso"
  proviso completion fish > ~/.config/fish/completions/proviso.fish

It completes "proviso", not "npx proviso": "npm link -w apps/cli", once in the checkout, makes that a command of its own.`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') =>
      (await import('./commands/completion.ts')).completionCommand(shell, program),
    );

  for (const command of [
    ...program.commands,
    ...probe.commands,
    ...standards.commands,
    ...study.commands,
    ...log.commands,
  ])
    command.exitOverride().showHelpAfterError(`Say "${pathOf(command)} --help" to see what there is.`);
  return program;
}

/** How documents are read, wherever they are. */
function withLimits(command: Command): Command {
  return command
    .option('--timeout <seconds>', 'give up on a document after this long', positive, DEFAULT_TIMEOUT_SECONDS)
    .option('--memory <mb>', 'stop a reader that holds more memory than this', positive, DEFAULT_MEMORY_MB)
    .option('--no-cache', 'read everything anew, and keep nothing')
    .option('-q, --quiet', 'no progress line');
}

function failOn(): Option {
  return new Option('--fail-on <level>', 'exit with 1 when a finding of this level or worse is made').choices([
    'note',
    'warning',
    'error',
  ]);
}

/** A command as it is typed: `proviso probe replay`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

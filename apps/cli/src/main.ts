import { EXIT, OutputError, UsageError, unwritten } from './exit.ts';
import { printable, printableData } from './terminal.ts';
import { VERSION } from './version.ts';

const args = process.argv.slice(2);
// A reader that stops early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  console.error(`proviso: ${printable(unwritten('standard output', error, true).message)}`);
  process.exit(EXIT.output);
});

if (args[0] === '--version' || args[0] === '-V') {
  console.log(VERSION);
} else {
  try {
    const { createProgram } = await import('./program.ts');
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof OutputError) {
      console.error(`proviso: ${printable(error.message)}`);
      process.exitCode = EXIT.output;
    } else if (error instanceof UsageError) {
      console.error(`proviso: ${printable(error.message)}`);
      for (const detail of error.details) console.error(`  ${printable(detail)}`);
      process.exitCode = EXIT.usage;
    } else if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
      // commander: it has already said what is wrong
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    } else {
      console.error(printableData(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      console.error('proviso: this is a fault in Proviso itself; please report it with the lines above.');
      process.exitCode = EXIT.internal;
    }
  }
}

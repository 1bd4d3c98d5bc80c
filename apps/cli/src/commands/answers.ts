import { readFile } from 'node:fs/promises';
import { type AnswerFile, answerFaults, type Language } from '@proviso/catalogue';
import { EXIT, UsageError } from '../exit.ts';
import { messages } from '../messages.ts';
import { languageOf } from '../person-language.ts';
import { writeOutput } from '../run/output.ts';
import { readDemand } from '../run/purchase-files.ts';
import { printable } from '../terminal.ts';

export interface AnswersOptions {
  demand: string;
  out?: string;
  lang?: Language;
  json?: boolean;
}

/** `proviso answers`: reads a returned questionnaire and says what of it could not be taken over; never guesses. */
export async function answersCommand(path: string, options: AnswersOptions): Promise<void> {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`answers: ${path} cannot be read.`);
  });
  const file = await readDemand(options.demand, 'answers');
  const { readQuestionnaire, lossText, offerFormOf } = await import('@proviso/publishing');
  const language = options.lang ?? languageOf(process.env);
  const { answers, losses } = await readQuestionnaire(new Uint8Array(bytes), file);
  const form = offerFormOf(file, language);
  const missing = answers ? answerFaults(form, answers.values) : [];
  if (options.out && answers)
    await writeOutput(options.out, `${JSON.stringify(answers satisfies AnswerFile, null, 1)}\n`);
  if (options.json) await writeOutput(undefined, `${JSON.stringify({ answers, losses, faults: missing }, null, 2)}\n`);
  else {
    for (const loss of losses) process.stdout.write(`! ${printable(lossText(loss, language))}\n`);
    const say = messages(language);
    for (const { question } of missing) {
      const asked = form.questions.find(({ id }) => id === question);
      const name = [asked?.requirement, asked?.label].filter((part) => part !== undefined).join(': ');
      process.stdout.write(`? ${printable(say('answersOpen', { question: name || question }))}\n`);
    }
    const read = Object.keys(answers?.values ?? {}).length;
    if (answers)
      process.stdout.write(`${say('answersSummary', { read, losses: losses.length, missing: missing.length })}\n`);
  }
  if (losses.length > 0) process.exitCode = EXIT.partly;
}

import { z } from 'zod';
import { command, hasPassed, madeBy } from '../command.ts';
import { id, localTime, reason, words } from '../fields.ts';
import { isRefusal, refuse } from '../refusal.ts';
import type { Deadline } from '../time/deadline.ts';
import { leavesPeriod } from '../time/period.ts';
import { extend } from './extend.ts';
import { closingAfterAnswer, minute } from './timing.ts';

/** Clarification: asked by one, answered to all. */
export const questionCommands = {
  'question.ask': command({
    input: z.strictObject({ id, text: words }),
    states: ['published'],
    action: 'question.ask',
    decide(draft, { id: own, text }, context) {
      const { supplier } = context.by;
      if (!supplier) return refuse('not-permitted');
      if (!draft.notice || hasPassed(context, draft.notice.closing)) return refuse('closing-passed');
      if (draft.questions.some((one) => one.id === own)) return refuse('twice', { id: own }, 'id');
      const late = hasPassed(context, draft.notice.questionsUntil);
      draft.questions.push({ id: own, supplier, text, at: context.at, late, answer: null });
      return { events: [{ type: 'question.asked', ids: { question: own } }] };
    },
  }),
  /**
   * After the last day for answers, an answer to a question asked in good time needs a later closing, in the same step, so that no one
   * forgets it; unless its weight for the offers is insignificant, with the reason: Directive 2014/24/EU, Article 47(3).
   */
  'question.answer': command({
    input: z.strictObject({
      question: id,
      text: words,
      wording: words.nullable(),
      closing: localTime.nullable(),
      insignificant: reason.nullable(),
    }),
    states: ['published'],
    action: 'question.answer',
    decide(draft, input, context) {
      const found = draft.questions.find((one) => one.id === input.question);
      if (!found) return refuse('unknown', { id: input.question }, 'question');
      if (found.answer) return refuse('already-answered', {}, 'question');
      const current = draft.notice;
      if (!current || hasPassed(context, current.closing)) return refuse('closing-passed');
      const least = closingAfterAnswer(draft, current, context.at);
      const late = !leavesPeriod(current.closing, least);
      let extended: { from: Deadline; to: Deadline } | null = null;
      const mustExtend = late && !found.late && input.insignificant === null;
      if (mustExtend || input.closing !== null) {
        if (mustExtend && input.closing === null)
          return refuse('late-answer', { earliest: minute(least.local) }, 'closing');
        const moved = extend(draft, current, input.closing, mustExtend ? least : current.closing, context);
        if (isRefusal(moved)) return moved;
        extended = moved;
      }
      found.answer = {
        text: input.text,
        wording: input.wording,
        insignificant: input.insignificant,
        extended,
        ...madeBy(context),
      };
      return { events: [{ type: 'question.answered', ids: { question: found.id } }] };
    },
  }),
};

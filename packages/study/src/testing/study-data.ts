import type { ReportConfirmation, ReportData } from '../report/data.ts';
import { reportDataOf } from '../report/report-data.ts';
import { sampleReadings } from './sample-readings.ts';

/** A report with a bit of everything: people's codes in each state, gaps, changes, agreement. */
export function sampleStudy(count: number): ReportData {
  const readings = sampleReadings(count);
  const path = (index: number): string => readings[index]?.source.path ?? '';
  const confirmation = (value: string | null, how: ReportConfirmation['how']): ReportConfirmation => ({
    value,
    coders: how === 'single' ? ['Ada'] : ['Ada', 'Bo'],
    how,
    quote: '',
    note: how === 'settled' ? 'decided in the meeting' : '',
  });
  return reportDataOf(readings, {
    asOf: '2026-11-24',
    title: 'What ten governments ask for',
    question: 'Do public buyers ask for open internet standards?',
    kind: 'study',
    statusSince: () => '2024-10',
    confirmed: new Map([
      [
        path(0),
        {
          scope: confirmation('dedicated', 'agreed'),
          security: confirmation('proof', 'settled'),
          standards: confirmation('named', 'single'),
        },
      ],
      [path(1), { security: confirmation(null, 'open') }],
      [path(2), { security: confirmation('process', 'single') }],
    ]),
    notCollected: [
      {
        address: 'https://buyer.example/terms.pdf',
        title: 'General terms',
        country: 'SE',
        publisher: '',
        type: '',
        language: '',
        reason: 'The server answered 503.',
        at: '2026-11-20T10:00:00Z',
      },
    ],
    agreement: [
      {
        question: 'security',
        between: 'people',
        units: 6,
        percent: 0.83,
        kappa: 0.71,
        weightedKappa: 0.8,
        alpha: 0.79,
      },
      { question: 'scope', between: 'machine', units: 5, percent: 1, kappa: null, weightedKappa: null, alpha: null },
    ],
    changes: [
      {
        address: path(3),
        what: 'changed',
        from: '2026-05-01',
        to: '2026-11-20',
        answers: [{ question: 'security', from: 'process', to: 'requirement' }],
      },
      { address: 'https://buyer.example/old.pdf', what: 'vanished', from: '2026-05-01', to: '2026-11-20', answers: [] },
    ],
  });
}

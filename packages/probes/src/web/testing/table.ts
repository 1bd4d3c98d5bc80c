import type { WebCheck } from '../checks.ts';
import type { Site } from '../site.ts';

/** What is special, the site, the verdict, and a code that must be among the observations. */
export type Case = [what: string, site: Site, verdict: string, code: string];
/** Cases by a name for people. */
export type CaseTable = Record<string, [WebCheck, Case[]]>;

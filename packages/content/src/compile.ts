/**
 * Compiles the content of rooms, run at install (`npm run prepare`): each YAML file in a folder of a room given gets its twin.
 *
 *   node packages/content/src/compile.ts packages/reading packages/publishing
 */
import { resolve } from 'node:path';
import { compileContent } from './compile-content.ts';

const made = process.argv.slice(2).reduce((sum, room) => sum + compileContent(resolve(room)), 0);
console.log(`Content: ${made} files.`);

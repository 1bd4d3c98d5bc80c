import { annotateFile } from '@proviso/publishing/word';

/** Writes comments into a Word file; runs in a child process that can be killed. */
export default annotateFile;

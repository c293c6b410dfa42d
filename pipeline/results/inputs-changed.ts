import { type UserError, userError } from '../messages/user-error.ts';

/** A run file, or a file it names, is no longer what a run was planned from. */
export const inputsChanged = (runFile: string): UserError =>
  userError(
    'inputs-changed',
    runFile,
    { zh: '运行期间，运行文件或其输入被改动', en: 'a run file or one of its inputs was changed during the run' },
    undefined,
    { zh: '再次运行即可，只重算改动涉及的部分', en: 'run again; only what the change touches is computed' },
  );

import { Child } from 'bullmq';

interface ChildInternals {
  initChild(): Promise<void>;
  send(message: unknown): Promise<void>;
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): void;
  off(event: 'exit', listener: (code: number | null, signal: string | null) => void): void;
}

let mended = false;

/**
 * Mends two ways in which a child process that dies at a bad moment takes more than its task along (found by killing
 * children at random; bullmq 6.7.0):
 * - dying while it starts, it is waited for for ever, and its slot is lost: the listener that would notice is removed
 *   before the event it listens to;
 * - dying just before a task is sent to it, the failed sending is nobody's to catch and ends the whole program. The exit
 *   of the child, which follows, fails the task all the same.
 */
export function mendChildren(): void {
  if (mended) return;
  mended = true;
  const internals = Child.prototype as unknown as ChildInternals;
  const { initChild, send } = internals;
  internals.send = async function (this: ChildInternals, message) {
    await send.call(this, message).catch(() => undefined);
  };
  internals.initChild = function (this: ChildInternals) {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null, signal: string | null) =>
        reject(new Error(`Unexpected exit code: ${code} signal: ${signal}`));
      this.once('exit', onExit);
      initChild
        .call(this)
        .then(resolve, reject)
        .finally(() => this.off('exit', onExit));
    });
  };
}

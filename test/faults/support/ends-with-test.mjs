/** Loaded first: a program whose test is killed, so that its standard input closes, ends with all that it started. */
process.stdin.once('close', () => process.kill(-process.pid, 'SIGKILL'));
process.stdin.resume();
// It does not keep the program going.
process.stdin.unref();

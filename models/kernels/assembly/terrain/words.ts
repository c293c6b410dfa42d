/** Words of an array by their index. */
@inline export function word(array: usize, i: u32): u32 {
  return load<u32>(array + ((<usize>i) << 2));
}

@inline export function setWord(array: usize, i: u32, value: u32): void {
  store<u32>(array + ((<usize>i) << 2), value);
}

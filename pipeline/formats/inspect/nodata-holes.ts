/**
 * Patches of missing cells that do not touch the rim of a mask (4-neighbours).
 *
 * @param missing row-major, 1 = no value
 * @returns number of patches and cells in them
 */
export function countHoles(missing: Uint8Array, width: number, height: number): { patches: number; cells: number } {
  const seen = new Uint8Array(missing.length);
  const stack: number[] = [];
  let patches = 0;
  let cells = 0;
  for (let start = 0; start < missing.length; start++) {
    if (missing[start] === 0 || seen[start] === 1) continue;
    let size = 0;
    let rim = false;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const index = stack.pop()!;
      size++;
      const column = index % width;
      const row = (index - column) / width;
      if (column === 0 || row === 0 || column === width - 1 || row === height - 1) rim = true;
      if (column > 0) visit(index - 1);
      if (column < width - 1) visit(index + 1);
      if (row > 0) visit(index - width);
      if (row < height - 1) visit(index + width);
    }
    if (!rim) {
      patches++;
      cells += size;
    }
  }
  return { patches, cells };

  function visit(index: number): void {
    if (missing[index] === 1 && seen[index] === 0) {
      seen[index] = 1;
      stack.push(index);
    }
  }
}

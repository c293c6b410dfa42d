const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfCentralDirectory = 0x06054b50;
/** 1980-01-01, the first day MS-DOS knows. */
const firstDosDate = (1 << 5) | 1;

/**
 * Sets the dates of all entries of a ZIP archive to 1980-01-01 00:00, in place, so that equal content gives equal bytes.
 * Layout of the headers: PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16.
 *
 * @throws Error when the bytes are not a plain ZIP archive (one disk, no comment, no ZIP64).
 */
export function fixZipDates(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  if (end < 0 || view.getUint32(end, true) !== endOfCentralDirectory) throw new Error('not a plain ZIP archive');
  let position = view.getUint32(end + 16, true);
  for (let entry = view.getUint16(end + 10, true); entry > 0; entry--) {
    if (view.getUint32(position, true) !== centralHeader) throw new Error(`no ZIP entry at byte ${position}`);
    setDate(view, position + 12);
    const local = view.getUint32(position + 42, true);
    if (view.getUint32(local, true) !== localHeader) throw new Error(`no ZIP entry at byte ${local}`);
    setDate(view, local + 10);
    position += 46 + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(position + field, true), 0);
  }
  return archive;
}

function setDate(view: DataView, position: number): void {
  view.setUint16(position, 0, true);
  view.setUint16(position + 2, firstDosDate, true);
}

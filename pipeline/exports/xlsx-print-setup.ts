import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';

/** Lines of a sheet that are printed on top of every page, counted from 1. */
export interface PrintedHeading {
  readonly sheet: string;
  readonly firstRow: number;
  readonly lastRow: number;
}

type NodeFeature = Feature<Stream | Buffer | Blob>;

/**
 * Page set-up the library has no options for: every sheet is as wide as one page, and its headings are repeated on each page.
 * Works on the sheet XML through the library's feature interface; element order follows ECMA-376 part 1, 18.3.1.99 and 18.2.27.
 */
export function printSetup(headings: readonly PrintedHeading[]): NodeFeature {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transformElementAttributes: (tag, attributes) =>
            tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes,
          transform: (xml) =>
            replaceOnce(
              xml,
              /<worksheet[^>]*>/,
              (opening) => `${opening}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
            ),
        },
        'xl/workbook.xml': {
          transform: (xml) =>
            replaceOnce(
              xml,
              /<definedNames\/>/,
              () => `<definedNames>${headings.map(printTitles).join('')}</definedNames>`,
            ),
        },
      },
    },
  };
}

function printTitles({ sheet, firstRow, lastRow }: PrintedHeading, index: number): string {
  const name = sheet.replaceAll("'", "''").replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${name}'!$${firstRow}:$${lastRow}</definedName>`;
}

function replaceOnce(xml: string, pattern: RegExp, replacement: (found: string) => string): string {
  const found = pattern.exec(xml)?.[0];
  if (found === undefined) throw new Error(`the workbook has no ${pattern.source}`);
  return xml.replace(found, () => replacement(found));
}

// Writes the smallest spreadsheet Excel would open, for the tests of what reads spreadsheets.
import { writeZip } from './write-zip.ts';

/** A cell: text, number, or a day as Excel keeps it (a serial number shown as a date). */
export type CellToWrite = string | number | { readonly serial: number } | null;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');

function cellXml(cell: CellToWrite, reference: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell !== 'string') return `<c r="${reference}" s="1"><v>${cell.serial}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

const rowXml = (row: readonly CellToWrite[], index: number): string =>
  `<row r="${index + 1}">${row.map((cell, i) => cellXml(cell, `${String.fromCharCode(65 + i)}${index + 1}`)).join('')}</row>`;

const sheetXml = (rows: readonly (readonly CellToWrite[])[]): string =>
  `${declaration}<worksheet xmlns="${main}"><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`;

/** An .xlsx file with these sheets (ECMA-376, the parts that cannot be left out). */
export function writeXlsx(...sheets: readonly (readonly (readonly CellToWrite[])[])[]): Buffer {
  const numbers = sheets.map((_, i) => i + 1);
  const workbook = numbers
    .map((n) => `<sheet name="Sheet${n}" sheetId="${n}" r:id="rId${n}"/>`)
    .join('');
  const relations = numbers
    .map(
      (n) =>
        `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )
    .join('');
  const styles = `<Relationship Id="rId99" Type="${office}/styles" Target="styles.xml"/>`;
  const files: [string, string][] = [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${workbook}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packaged}/relationships">${relations}${styles}</Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${declaration}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
  ];
  for (const [i, rows] of sheets.entries())
    files.push([`xl/worksheets/sheet${i + 1}.xml`, sheetXml(rows)]);
  return writeZip(files.map(([name, content]) => ({ name, content })));
}

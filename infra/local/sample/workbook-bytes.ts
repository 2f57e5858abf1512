// Writes an Office Open XML workbook (ECMA-376) of one sheet, with the fewest parts that make one, always the same bytes.
import { zipBytes } from './zip-bytes.ts';

/** A text, a number, or an Excel serial number shown as a date. */
export type WorkbookCell = string | number | { readonly serial: number };

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const openXml = 'http://schemas.openxmlformats.org';
const officeRelations = `${openXml}/officeDocument/2006/relationships`;
const packageRelations = `${openXml}/package/2006/relationships`;
const spreadsheet = `${openXml}/spreadsheetml/2006/main`;
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook that do not depend on its rows. Cell style 1 shows a date. */
const fixedParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${openXml}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${contentType}.sharedStrings+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${officeRelations}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${officeRelations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${spreadsheet}"><numFmts count="1"><numFmt numFmtId="164" formatCode="mm/dd/yy;@"/></numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const columnName = (column: number): string => String.fromCharCode(65 + column);

/** The sheet and the strings its cells point to; at most 26 columns. */
function sheetParts(rows: readonly (readonly WorkbookCell[])[]): Record<string, string> {
  const strings = new Map<string, number>();
  const cellXml = (cell: WorkbookCell, name: string): string => {
    if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`;
    if (typeof cell === 'object') return `<c r="${name}" s="1"><v>${cell.serial}</v></c>`;
    const at = strings.get(cell) ?? strings.size;
    strings.set(cell, at);
    return `<c r="${name}" t="s"><v>${at}</v></c>`;
  };
  const rowsXml = rows.map((row, at) => {
    const cells = row.map((cell, column) => cellXml(cell, `${columnName(column)}${at + 1}`));
    return `<row r="${at + 1}">${cells.join('')}</row>`;
  });
  const items = [...strings.keys()].map((text) => `<si><t>${xmlText(text)}</t></si>`);
  return {
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${spreadsheet}"><sheetData>${rowsXml.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${spreadsheet}" uniqueCount="${items.length}">${items.join('')}</sst>`,
  };
}

/** Bytes of a workbook with one sheet of these rows. */
export function workbookBytes(
  sheetName: string,
  rows: readonly (readonly WorkbookCell[])[],
): Buffer {
  const parts = {
    ...fixedParts,
    'xl/workbook.xml': `<workbook xmlns="${spreadsheet}" xmlns:r="${officeRelations}"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ...sheetParts(rows),
  };
  return zipBytes(
    Object.entries(parts).map(([name, xml]) => ({
      name,
      bytes: Buffer.from(xmlHead + xml),
      modified: '1980-01-01T00:00',
    })),
  );
}

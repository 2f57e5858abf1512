// Writes small tabular lists for the tests, in the form of CDC's schema `icd10cm_tabular.xsd`.

/** A code with its notes and the codes below it. */
export const diag = (name: string, title: string, notes: string, ...below: readonly string[]) =>
  `<diag><name>${name}</name><desc>${title}</desc>${notes}${below.join('')}</diag>`;

/** A section of codes. */
export const section = (range: string, codes: readonly string[]): string =>
  `<section id="${range}"><desc>Some diseases (${range})</desc>${codes.join('')}</section>`;

/** A list of one chapter, or of none without sections. */
export function tabularXml(...sections: readonly string[]): string {
  const notes = '<notes><note>Use additional code (Z16.-)</note></notes>';
  const desc = '<desc>Certain diseases (A00-T88)</desc>';
  const chapter = `<chapter><name>1</name>${desc}${notes}${sections.join('')}</chapter>`;
  const body = sections.length > 0 ? chapter : '';
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<ICD10CM.tabular><version>2017</version>${body}</ICD10CM.tabular>`;
}

// Which of the hundreds of names in the listings are of use, and for what.
import { describe, expect, it } from 'vitest';
import {
  basenameOf,
  holdsTabularXml,
  isProposed,
  isTabularXml,
  isWanted,
  roleOfName,
  stemOfName,
  systemOfName,
} from '../../shared/feeds/file-role.ts';

describe('shared/feeds/file-role.ts', () => {
  it.each([
    ['icd10cm_order_2022.txt', 'order'],
    ['icd10cm-order- April 1 2023.txt', 'order'],
    ['icd10pcs_order_2025.txt', 'order'],
    ['icd10cm_codes_2022.txt', 'codes'],
    ['icd10cm-codes-April-2024.txt', 'codes'],
    ['icd10cm_order_addenda_2022.txt', 'addenda'],
    ['order_addenda_2017.txt', 'addenda'],
    ['icd10cm_codes_addenda_2022.txt', 'codes-addenda'],
    ['icd10cm_addenda_2016.txt', 'codes-addenda'],
    ['ICD-10-CM-Conversion-Table-FY19-Effective-10-1-2018_FINAL.XLSX', 'conversion'],
    ['ICD-10-CM-Conversion-Table-FY20-Effective-10-1-2019-corrected.csv', 'conversion'],
    ['icd10pcs_conversion_table_2022.xlsx', 'conversion'],
  ])('takes %s for %s', (name, role) => {
    expect(roleOfName(name)).toBe(role);
    expect(isWanted(name)).toBe(true);
  });

  it.each([
    'ICD10CM_FY2016_code_descriptions.zip',
    '2018-ICD-10-CM-Codes-File.zip',
    '2018-ICD-10-Code-Order-Descriptions.zip',
    'Code Descriptions zip.zip',
    'icd10-Order-CodeFiles2023.zip',
    'Code-desciptions-April-2025.zip',
    '2021-code-descriptions-tabular-order-updated-12162020.zip',
    '2016-pcs-long-abbrev-titles.zip',
    '2020-icd-10-cm-codes.zip',
    'errata-january-12-2022.zip',
  ])('downloads %s', (name) => {
    expect(isWanted(name)).toBe(true);
  });

  it.each([
    'icd10cmCodesFile.pdf',
    'icd10OrderFiles.pdf',
    'DiagnosisGEMs_2016.zip',
    '2018_I10gem.txt',
    'POAexemptCodes2021.zip',
    'POA-exempt-Codes-Jan-2021.zip',
    'September 2020 presentations.zip',
    'March 2022 C&M PPT.zip',
    'Table and Index zip.zip',
    'icd10cm-table-index-2025.zip',
    'ICD-10-CM-Codes-Tables-and-Index-2018.zip',
    'icd10cm-Full-Tab-Index Table-Jan-2021.zip',
    '2018-ICD-10-Addendum.zip',
    'icd10cm-addenda-files-Jan-2021.zip',
    'ICD10CM_FY2017_Full_XML.zip',
    'icd10cm__FY2017_Full _PDF.zip',
    'icd10cm_tabular_2022.xml',
    'icd10cm-drug-April-2024.txt',
    'icd10cm-drug-April-2025.csv',
    'definitions_addenda_2022.txt',
    'index_addenda_2022.txt',
    '2019-ICD-10-CM.zip',
  ])('has no use for %s', (name) => {
    expect(roleOfName(name)).toBeUndefined();
    expect(isWanted(name)).toBe(false);
  });

  it.each([
    'ICD10CM_FY2016_ Full_ XML.ZIP',
    'ICD10CM_FY2017_Full_XML.zip',
    'ICD-10-CM-Codes-Tables-and-Index-2018.zip',
    'icd10cm_tabular_2019.xml',
    'icd10cm-Full-Tab-Index Table-Jan-2021.zip',
    'Table and Index zip.zip',
    'icd10cm-Tabular-Index-2023.zip',
    'icd10cm-table and index-April 1 2023.zip',
    'icd10cm-Table and Index-April-2024.zip',
    'icd10cm-table-index-2025.zip',
    'icd10cm-table and index-2026.zip',
  ])('looks for the tabular list in %s, which is no part of a release', (name) => {
    expect(holdsTabularXml(name)).toBe(true);
    expect(isWanted(name)).toBe(false);
  });

  it.each([
    'icd10cm_FY2017_Full _PDF.zip',
    'icd10cm_index_2019.xml',
    'icd10cm_tabular_addenda_2021.xml',
    'icd10cm-addendum-2023.zip',
    '2021-code-descriptions-tabular-order-updated-12162020.zip',
    'icd10-Order-CodeFiles2023.zip',
    'icd10cm_tabular.xsd',
    'icd10cm-tabular-p-2021.pdf',
  ])('looks for no tabular list in %s', (name) => {
    expect(holdsTabularXml(name)).toBe(false);
  });

  it('knows the tabular list among the members of a zip', () => {
    const members = [
      'Drug.xml',
      'Index.xml',
      'Tabular.xml',
      'icd10cm-tabular-2025.xml',
      'Tabular.pdf',
    ];
    expect(members.filter(isTabularXml)).toEqual(['Tabular.xml', 'icd10cm-tabular-2025.xml']);
  });

  it('gives files of one release one stem, and files of two releases two', () => {
    const april = ['icd10cm-order- April 1 2023.txt', 'icd10cm-codes-addenda-April 1 2023.txt'];
    expect(april.map(stemOfName)).toEqual(['april 1 2023', 'april 1 2023']);
    const october = ['icd10cm_order_2022.txt', 'icd10cm_codes_2022.txt', 'order_addenda_2022.txt'];
    expect(october.map(stemOfName)).toEqual(['2022', '2022', '2022']);
  });

  it('reads the system only where it is spelled out', () => {
    expect(systemOfName('2017-pcs-long-abbrev-titles.zip')).toBe('icd10pcs');
    expect(systemOfName('2020-icd-10-cm-codes.zip')).toBe('icd10cm');
    expect(systemOfName('order_addenda_2022.txt')).toBeUndefined();
  });

  it('takes the base name off either slash, and knows a proposed table', () => {
    expect(basenameOf('2021-code-descriptions-tabular-order/icd10cm_order_2021.txt')).toBe(
      'icd10cm_order_2021.txt',
    );
    expect(basenameOf('Code Descriptions\\icd10cm_order_2022.txt')).toBe('icd10cm_order_2022.txt');
    expect(isProposed('ICD-10-CM-Conversion-Table-FY2027-PROPOSED.xlsx')).toBe(true);
  });
});

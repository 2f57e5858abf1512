// Writes the tables of docs/conformance.md afresh: `node test/conformance/tx-ecosystem/write-document.ts`, after a change to
// the cases or to how a test is re-expressed.
import { readFileSync, writeFileSync } from 'node:fs';
import { readSuite } from '../fhir-date/suite.ts';
import { conformanceTables, withTables } from './document-tables.ts';
import { readEcosystemTests } from './ecosystem-files.ts';

const path = new URL('../../../docs/conformance.md', import.meta.url);
const tables = conformanceTables(readEcosystemTests(), readSuite().cases);
writeFileSync(path, withTables(readFileSync(path, 'utf8'), tables));

// Whose a document is where, by the reports on states.
import { describe, expect, it } from 'vitest';
import { type Answers, readPlaces } from '../../../shared/feeds/cms-mcd-api/places.ts';
import { createFindingList } from '../../../shared/formats/finding-list.ts';

const states = [
  [5, 'California - Entire State'],
  [41, 'New York - Entire State'],
  [64, 'New York - Queens'],
  [65, 'New York - Upstate'],
  [99, 'Atlantis'],
] as const;

const inState = (state: number, id: string, contractors: string) =>
  [
    `/v1/reports/local-coverage-articles/?state_id=${state}`,
    [{ document_display_id: id, contractor_name_type: contractors }],
  ] as const;

function read(...reports: readonly ReturnType<typeof inState>[]) {
  const rows = states.map(([state_id, description]) => ({ state_id, description }));
  const answers: Answers = new Map<string, readonly Readonly<Record<string, unknown>>[]>([
    ['/v1/metadata/states/', rows],
    ...reports,
  ]);
  const list = createFindingList();
  return { places: readPlaces(answers, list), findings: list.all() };
}

describe('shared/feeds/cms-mcd-api/places.ts', () => {
  it('gives a contractor the states whose report names it for the document', () => {
    const { places } = read(
      inState(5, 'A1', 'Alpha, LLC\r\n(DME MAC)'),
      inState(41, 'A1', 'Beta  Inc.\r\n(DME MAC)\r\n\r\nAlpha, LLC\r\n(DME MAC)'),
    );
    expect(places.contractorsOf('article', 'A1', ['Alpha, LLC', 'Beta Inc.'])).toEqual([
      { name: 'Alpha, LLC', states: ['CA', 'NY'] },
      { name: 'Beta Inc.', states: ['NY'] },
    ]);
  });

  it('gives a state whose report names none of them to all', () => {
    const { places } = read(inState(5, 'A1', 'Gamma'));
    expect(places.contractorsOf('article', 'A1', ['Alpha', 'Alpha', 'Beta'])).toEqual([
      { name: 'Alpha', states: ['CA'] },
      { name: 'Beta', states: ['CA'] },
    ]);
  });

  it('counts parts of a state, where they list the document, in place of the whole', () => {
    const { places } = read(inState(41, 'A1', 'Alpha'), inState(64, 'A1', 'Alpha'));
    expect(places.contractorsOf('article', 'A1', ['Alpha'])[0]?.states).toEqual(['QN']);
  });

  it('gives no contractor for a document or a kind that no state lists', () => {
    const { places } = read(inState(5, 'A1', 'Alpha'));
    expect(places.contractorsOf('article', 'A2', ['Alpha'])).toEqual([]);
    expect(places.contractorsOf('lcd', 'A1', ['Alpha'])).toEqual([]);
  });

  it('says which state it does not know and leaves it out', () => {
    const { places, findings } = read(inState(99, 'A1', 'Alpha'));
    expect(places.state('99')).toBeUndefined();
    expect(findings).toMatchObject([{ code: 'mcd-api-state', severity: 'info' }]);
    expect(findings[0]?.message).toContain('Atlantis');
  });
});

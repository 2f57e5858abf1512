// Policies of the sample: two articles of the Medicare Coverage Database in two editions of its weekly export, restricted to a
// dozen of their diagnoses. Numbers, versions, dates, states and codes are facts; the sentences are ours.

/** Name of the file of articles, host first. */
export const exportFile =
  'downloads.cms.gov/medicare-coverage-database/downloads/exports/current_article.zip';

/** A contractor with the states it decides for, as MCD abbreviates them. */
export type SampleContractor = {
  readonly id: string;
  readonly name: string;
  readonly states: string;
};

/** A group of procedures: codes separated by blanks. */
export type SampleProcedures = { readonly codes: string; readonly paragraph?: string };

/** An article in one version; diagnoses with dots, separated by blanks. */
export type SampleArticle = {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly published: string;
  readonly effective: string;
  /** Id of its contractor. */
  readonly contractor: string;
  readonly procedures: readonly SampleProcedures[];
  readonly covered: string;
  readonly paragraph?: string;
};

/** An export as it was offered on a day. */
export type SampleEdition = { readonly day: string; readonly articles: readonly SampleArticle[] };

/** The contractors of the sample's articles. */
export const sampleContractors: readonly SampleContractor[] = [
  {
    id: '236',
    name: 'Noridian Healthcare Solutions, LLC',
    states: 'AK AS AZ CA CNMI GU HI ID MT ND NV OR SD UT WA WY',
  },
  { id: '318', name: 'Wellpoint Federal', states: 'CT IL MA ME MN NH NY RI VT WI' },
];

const stimulators = {
  id: '57791',
  title: 'Billing and Coding: Spinal Cord Stimulators for Chronic Pain',
  contractor: '236',
  procedures: [{ codes: '63650 63655 63663 63664 63685' }],
};

const injections = {
  id: '58745',
  title: 'Billing and Coding: Epidural Steroid Injections for Pain Management',
  contractor: '318',
  procedures: [
    { codes: '62321 62323 64479 64480 64483 64484' },
    { codes: '62320 62322', paragraph: 'These codes are non-covered.' },
  ],
  paragraph:
    'The diagnoses below support coverage for 62321, 62323, 64479, 64480, 64483, and 64484:',
};

/** What was offered before: A57791 still lists M54.5, which ended on 2021-10-01. */
export const earlierEdition: SampleEdition = {
  day: '2025-08-17',
  articles: [
    {
      ...stimulators,
      ...{ version: '11', published: '2023-12-19', effective: '2024-01-01' },
      covered: 'G89.4 M48.061 M48.062 M51.16 M51.17 M51.26 M54.16 M54.17 M54.2 M54.41 M54.5 M96.1',
    },
    {
      ...injections,
      ...{ version: '20', published: '2025-03-14', effective: '2023-11-23' },
      covered: 'B02.23 G89.3 M48.062 M51.14 M51.15 M51.16 M51.17 M54.12 M54.15 M54.16 M54.17 M96.1',
    },
  ],
};

/** What is offered now: M54.5 left the one, M54.18 came into the other, for services since six weeks before it was published. */
export const currentEdition: SampleEdition = {
  day: '2026-09-06',
  articles: [
    {
      ...stimulators,
      ...{ version: '12', published: '2026-01-08', effective: '2026-01-01' },
      covered: 'G89.4 M48.061 M48.062 M51.16 M51.17 M51.26 M54.16 M54.17 M54.2 M54.41 M96.1',
    },
    {
      ...injections,
      ...{ version: '21', published: '2026-05-14', effective: '2026-04-01' },
      covered:
        'B02.23 G89.3 M48.062 M51.14 M51.15 M51.16 M51.17 M54.12 M54.15 M54.16 M54.17 M54.18 M96.1',
    },
  ],
};

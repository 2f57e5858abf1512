// HCPCS in a few rows beside ICD-10-CM, as releases: Q5102 ended with 31 March 2018 in favour of two new codes.
// J0120 is a code of both systems (J01.20 with its dot); G0447 has a zero where a letter O is soon written.
import { conversion, release } from './releases.ts';

const system = 'hcpcs';
const lasting = [
  'A9585 1 Gadobutrol injection|Injection, gadobutrol, 0.1 ml',
  'G0447 1 Behavior counsel obesity 15m|Face-to-face behavioral counseling for obesity, 15 minutes',
  'J0120 1 Tetracyclin injection|Injection, tetracycline, up to 250 mg',
];

/** Releases of ICD-10-CM and HCPCS. */
export const hcpcsReleases = [
  release('2017-10-01', [
    'J01 0 Acute sinusitis',
    'J012 0 Acute ethmoidal sinusitis',
    'J0120 1 Acute ethmoidal sinusitis, unspecified',
    'M542 1 Cervicalgia',
  ]),
  release(
    '2018-01-01',
    [...lasting, 'Q5102 1 Inj., infliximab biosimilar|Injection, infliximab, biosimilar, 10 mg'],
    { system },
  ),
  release(
    '2018-04-01',
    [
      ...lasting,
      'Q5103 1 Injection, inflectra|Injection, infliximab-dyyb, biosimilar, (inflectra), 10 mg',
      'Q5104 1 Injection, renflexis|Injection, infliximab-abda, biosimilar, (renflexis), 10 mg',
    ],
    {
      system,
      conversions: ['Q5103', 'Q5104'].map((code) => conversion(code, '2018-04-01', 'Q5102')),
    },
  ),
];

// What the sample clinic codes from: its superbills, order sets and favourites lists, kept up as badly as such lists are.

/** A template in short: codes dotted, separated by blanks, ICD-10-PCS codes apart. */
export type SampleTemplate = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'superbill' | 'order set' | 'favourites' | 'problem list';
  readonly owner: string;
  readonly diagnoses: string;
  readonly procedures?: string;
};

/** Every template. Several still hold codes that later became categories: what the alerts are about. */
export const sampleTemplates: readonly SampleTemplate[] = [
  {
    id: 'superbill-spine',
    name: 'Spine clinic superbill',
    kind: 'superbill',
    owner: 'Front desk',
    diagnoses: 'M54.5 M54.2 M54.6 M54.16 M54.41 M51.26 M51.36 M51.37 M48.061 M47.816 M96.1 M43.16',
  },
  {
    id: 'superbill-primary-care',
    name: 'Primary care superbill',
    kind: 'superbill',
    owner: 'Front desk',
    diagnoses: 'I10 E11.9 E11.65 E66.8 E66.01 Z68.30 Z68.41 K21.0 N18.3 R05 R51 J06.9 J44.0 Z00.00',
  },
  {
    id: 'orders-lumbar-mri',
    name: 'Lumbar MRI order set',
    kind: 'order set',
    owner: 'Imaging desk',
    diagnoses: 'M54.5 M54.16 M51.26 M51.36 M48.061 M48.062',
  },
  {
    id: 'orders-physical-therapy',
    name: 'Physical therapy referral',
    kind: 'order set',
    owner: 'Therapy lead',
    diagnoses: 'M54.5 M54.2 M54.6 M62.830 S33.5XXA S39.012A M17.11 M77.51',
  },
  {
    id: 'orders-epidural',
    name: 'Epidural steroid injection order set',
    kind: 'order set',
    owner: 'Procedure nurse',
    diagnoses: 'M54.16 M54.17 M51.16 M51.36 M47.816 G89.4',
  },
  {
    id: 'orders-lumbar-fusion',
    name: 'Lumbar fusion admission order set',
    kind: 'order set',
    owner: 'Surgery scheduler',
    diagnoses: 'M43.16 M48.062 M51.36 M51.37 T81.32XA',
    procedures: '0SG00A0 0SG00AJ 0SG30AJ 0SB20ZZ 0SB40ZZ XW033U5',
  },
  {
    id: 'favourites-dr-rivera',
    name: "Dr. Rivera's favourites",
    kind: 'favourites',
    owner: 'Dr. Rivera',
    diagnoses: 'M54.5 M51.36 M54.12 M50.20 M50.120 M41.125 M35.8',
  },
  {
    id: 'favourites-dr-okafor',
    name: "Dr. Okafor's favourites",
    kind: 'favourites',
    owner: 'Dr. Okafor',
    diagnoses: 'G35 G93.3 G43.909 G43.A0 R51 R42 H81.43 U09.9',
  },
  {
    id: 'favourites-dr-lindqvist',
    name: "Dr. Lindqvist's favourites",
    kind: 'favourites',
    owner: 'Dr. Lindqvist',
    diagnoses: 'I48.1 I48.2 I20.8 I25.10 I10 N18.3 Z88.5 M10.9',
  },
  {
    id: 'orders-respiratory',
    name: 'Respiratory infection order set',
    kind: 'order set',
    owner: 'Triage nurse',
    diagnoses: 'U07.1 J12.89 J02.9 J06.9 R05 Z20.828 Z11.59 Z20.822 Z11.52',
  },
  {
    id: 'orders-vaccination',
    name: 'Vaccination visit',
    kind: 'order set',
    owner: 'Triage nurse',
    diagnoses: 'Z23 Z28.3 Z88.0',
  },
  {
    id: 'problems-social-needs',
    name: 'Social needs screening list',
    kind: 'problem list',
    owner: 'Care coordinator',
    diagnoses: 'Z59.0 Z59.1 Z91.14 Z91.15 F32.9 F41.9',
  },
];

// What the adviser is to say of codes across the chapters, worked out by hand from the official order files: which codes
// it offers and which of them answer to each option, told by the places of the codes' characters, not by titles.
import type { AxisId } from '../../shared/core/advice-lexicon.ts';
import type { AdviceReason } from '../../shared/core/advice-text.ts';

/** Options by text: which of the offered codes answer to each. `*` before a text: for a record that does not say. */
export type ExpectedOptions = Readonly<Record<string, RegExp>>;

/** One distinction: its kind, its options, and where it does not concern all codes the options that lead to it. */
export type ExpectedAxis = readonly [AxisId, ExpectedOptions, (readonly string[])?];

/** One code on a date. */
export type ExpectedAdvice = {
  readonly code: string;
  readonly date: string;
  readonly reason: AdviceReason;
  /** How many codes the order file of the date has to offer. */
  readonly codes: number;
  readonly axes: readonly ExpectedAxis[];
};

const fy2026 = '2025-10-01';

const encounters = (initial: string): ExpectedOptions => ({
  'initial encounter': new RegExp(`[${initial}]$`),
  'subsequent encounter': /[D-R]$/,
  sequela: /S$/,
});

/** Seventh characters of a fracture that may be open: A–C, D–R, S; within, by three. */
const fracture: readonly ExpectedAxis[] = [
  ['encounter', encounters('ABC')],
  [
    'fracture-wound',
    {
      // Of a torus fracture (S52.52) only the initial encounter says so.
      closed: /A$|^(?!S52\.52).*[DGKP]$/,
      'open, type I or II': /[BEHMQ]$/,
      'open, type IIIA, IIIB or IIIC': /[CFJNR]$/,
    },
    ['initial encounter', 'subsequent encounter'],
  ],
  [
    'fracture-healing',
    {
      'routine healing': /[DEF]$/,
      'delayed healing': /[GHJ]$/,
      nonunion: /[KMN]$/,
      malunion: /[PQR]$/,
    },
    ['subsequent encounter'],
  ],
];

const adultSide: ExpectedOptions = {
  right: /^.{6}1/,
  left: /^.{6}2/,
  '*unspecified': /^.{6}9/,
};

/** Codes across the chapters. */
export const advisedCategories: readonly ExpectedAdvice[] = [
  {
    code: 'M54.5',
    date: '2021-10-01',
    reason: 'divided',
    codes: 3,
    axes: [['type', { vertebrogenic: /1$/, other: /9$/, '*unspecified': /0$/ }]],
  },
  {
    code: 'M54.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 32,
    axes: [
      [
        'type',
        {
          'panniculitis affecting regions of neck and back': /^M54\.0/,
          radiculopathy: /^M54\.1/,
          cervicalgia: /^M54\.2$/,
          sciatica: /^M54\.3/,
          'lumbago with sciatica': /^M54\.4/,
          'low back pain': /^M54\.5/,
          'pain in thoracic spine': /^M54\.6$/,
          'occipital neuralgia': /^M54\.81$/,
          'other dorsalgia': /^M54\.89$/,
        },
      ],
      [
        'site',
        {
          'occipito-atlanto-axial region': /^M54\.[01]1$/,
          'cervical region': /^M54\.[01]2$/,
          'cervicothoracic region': /^M54\.[01]3$/,
          'thoracic region': /^M54\.[01]4$/,
          'thoracolumbar region': /^M54\.[01]5$/,
          'lumbar region': /^M54\.[01]6$/,
          'lumbosacral region': /^M54\.[01]7$/,
          'sacral and sacrococcygeal region': /^M54\.[01]8$/,
          'multiple sites in spine': /^M54\.09$/,
          '*site unspecified': /^M54\.[01]0$/,
        },
        ['panniculitis affecting regions of neck and back', 'radiculopathy'],
      ],
      [
        'type',
        { vertebrogenic: /^M54\.51$/, other: /^M54\.59$/, '*unspecified': /^M54\.50$/ },
        ['low back pain'],
      ],
      [
        'side',
        { right: /^M54\.[34]1$/, left: /^M54\.[34]2$/, '*unspecified': /^M54\.[34]0$/ },
        ['sciatica', 'lumbago with sciatica'],
      ],
    ],
  },
  {
    code: 'M51.36',
    date: '2024-10-01',
    reason: 'divided',
    codes: 4,
    axes: [
      [
        'accompanied-by',
        {
          'with discogenic back pain only': /0$/,
          'with lower extremity pain only': /1$/,
          'with discogenic back pain and lower extremity pain': /2$/,
          '*without mention of lumbar back pain or lower extremity pain': /9$/,
        },
      ],
    ],
  },
  {
    code: 'E11.6',
    date: fy2026,
    reason: 'category',
    codes: 12,
    axes: [
      [
        'accompanied-by',
        {
          'with diabetic neuropathic arthropathy': /610$/,
          'with other diabetic arthropathy': /618$/,
          'with diabetic dermatitis': /620$/,
          'with foot ulcer': /621$/,
          'with other skin ulcer': /622$/,
          'with other skin complications': /628$/,
          'with periodontal disease': /630$/,
          'with other oral complications': /638$/,
          'with hypoglycemia with coma': /641$/,
          'with hypoglycemia without coma': /649$/,
          'with hyperglycemia': /65$/,
          'with other specified complication': /69$/,
        },
      ],
    ],
  },
  {
    code: 'I50.2',
    date: fy2026,
    reason: 'category',
    codes: 4,
    axes: [
      ['acuity', { acute: /1$/, chronic: /2$/, 'acute on chronic': /3$/, '*unspecified': /0$/ }],
    ],
  },
  {
    code: 'I50.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 22,
    axes: [
      [
        'type',
        {
          'left ventricular failure, unspecified': /^I50\.1$/,
          'systolic (congestive)': /^I50\.2/,
          'diastolic (congestive)': /^I50\.3/,
          'combined systolic (congestive) and diastolic (congestive)': /^I50\.4/,
          'right heart failure': /^I50\.81[0-3]$/,
          'right heart failure due to left heart failure': /^I50\.814$/,
          biventricular: /^I50\.82$/,
          'high output': /^I50\.83$/,
          'end stage': /^I50\.84$/,
          other: /^I50\.89$/,
        },
      ],
      [
        'acuity',
        {
          acute: /\.(?:[234]|81)1$/,
          chronic: /\.(?:[234]|81)2$/,
          'acute on chronic': /\.(?:[234]|81)3$/,
          '*unspecified': /\.(?:[234]|81)0$/,
        },
        [
          'systolic (congestive)',
          'diastolic (congestive)',
          'combined systolic (congestive) and diastolic (congestive)',
          'right heart failure',
        ],
      ],
    ],
  },
  {
    code: 'J44',
    date: fy2026,
    reason: 'category',
    codes: 5,
    axes: [
      [
        'type',
        {
          'with (acute) lower respiratory infection': /0$/,
          'with (acute) exacerbation': /\.1$/,
          'bronchiolitis obliterans and bronchiolitis obliterans syndrome': /81$/,
          'other specified': /89$/,
          '*unspecified': /\.9$/,
        },
      ],
    ],
  },
  {
    code: 'J45.90',
    date: fy2026,
    reason: 'category',
    codes: 3,
    axes: [
      [
        'accompanied-by',
        { 'with (acute) exacerbation': /1$/, 'with status asthmaticus': /2$/, uncomplicated: /9$/ },
      ],
    ],
  },
  {
    // The asthma is said, its kind is not: what is uncomplicated stays uncomplicated.
    code: 'J45.909',
    date: fy2026,
    reason: 'unspecified',
    codes: 4,
    axes: [
      [
        'type',
        {
          'mild intermittent': /^J45\.20$/,
          'mild persistent': /^J45\.30$/,
          'moderate persistent': /^J45\.40$/,
          'severe persistent': /^J45\.50$/,
        },
      ],
    ],
  },
  {
    code: 'M17.1',
    date: fy2026,
    reason: 'category',
    codes: 3,
    axes: [['side', { 'right knee': /1$/, 'left knee': /2$/, '*unspecified knee': /0$/ }]],
  },
  {
    code: 'M17.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 10,
    axes: [
      ['type', { primary: /\.[01]/, 'post-traumatic': /\.[23]/, 'other secondary': /\.[45]/ }],
      [
        'side',
        {
          right: /\.[13]1$/,
          left: /\.[13]2$/,
          bilateral: /\.[024]$/,
          unilateral: /\.5$/,
          '*unilateral, unspecified side': /\.[13]0$/,
        },
      ],
    ],
  },
  {
    code: 'M25.51',
    date: fy2026,
    reason: 'category',
    codes: 3,
    axes: [
      ['side', { 'right shoulder': /1$/, 'left shoulder': /2$/, '*unspecified shoulder': /9$/ }],
    ],
  },
  {
    code: 'M25.569',
    date: fy2026,
    reason: 'unspecified',
    codes: 2,
    axes: [['side', { 'right knee': /1$/, 'left knee': /2$/ }]],
  },
  {
    code: 'S52.5',
    date: fy2026,
    reason: 'category',
    codes: 450,
    axes: [
      [
        'type',
        {
          'fracture of radial styloid process': /^S52\.51/,
          torus: /^S52\.52/,
          "Colles' fracture of radius": /^S52\.53/,
          "Smith's fracture of radius": /^S52\.54/,
          "Barton's fracture of radius": /^S52\.56/,
          'other extraarticular': /^S52\.55/,
          'other intraarticular': /^S52\.57/,
          other: /^S52\.59/,
          '*unspecified': /^S52\.50/,
        },
      ],
      [
        'side',
        {
          right: /^S52\.(?:5[^1]1|51[14])/,
          left: /^S52\.(?:5[^1]2|51[25])/,
          '*unspecified': /^S52\.(?:5[^1]9|51[36])/,
        },
      ],
      [
        'displacement',
        { displaced: /^S52\.51[123]/, nondisplaced: /^S52\.51[456]/ },
        ['fracture of radial styloid process'],
      ],
      ...fracture,
    ],
  },
  {
    code: 'S72.00',
    date: fy2026,
    reason: 'category',
    codes: 48,
    axes: [['side', adultSide], ...fracture],
  },
  {
    // The encounter is said (A), and that the fracture is closed: what is offered says so, too.
    code: 'S52.509A',
    date: fy2026,
    reason: 'unspecified',
    codes: 29,
    axes: [
      [
        'type',
        {
          'fracture of radial styloid process': /^S52\.51.A$/,
          torus: /^S52\.52.A$/,
          "Colles' fracture of radius": /^S52\.53.A$/,
          "Smith's fracture of radius": /^S52\.54.A$/,
          "Barton's fracture of radius": /^S52\.56.A$/,
          'other extraarticular': /^S52\.55.A$/,
          'other intraarticular': /^S52\.57.A$/,
          other: /^S52\.59.A$/,
          '*unspecified': /^S52\.50[12]A$/,
        },
      ],
      [
        'side',
        {
          right: /^S52\.(?:5[^1]1|51[14])A$/,
          left: /^S52\.(?:5[^1]2|51[25])A$/,
          '*unspecified': /^S52\.(?:5[^1]9|51[36])A$/,
        },
      ],
      [
        'displacement',
        { displaced: /^S52\.51[123]A$/, nondisplaced: /^S52\.51[456]A$/ },
        ['fracture of radial styloid process'],
      ],
    ],
  },
  {
    code: 'F32.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 6,
    axes: [
      [
        'type',
        {
          mild: /0$/,
          moderate: /1$/,
          'severe without psychotic features': /2$/,
          'severe with psychotic features': /3$/,
          'in partial remission': /4$/,
          'in full remission': /5$/,
        },
      ],
    ],
  },
  {
    code: 'F32.A',
    date: fy2026,
    reason: 'unspecified',
    codes: 9,
    axes: [
      [
        'type',
        {
          'major depressive disorder, single episode, mild': /\.0$/,
          'major depressive disorder, single episode, moderate': /\.1$/,
          'major depressive disorder, single episode, severe without psychotic features': /\.2$/,
          'major depressive disorder, single episode, severe with psychotic features': /\.3$/,
          'major depressive disorder, single episode, in partial remission': /\.4$/,
          'major depressive disorder, single episode, in full remission': /\.5$/,
          'premenstrual dysphoric disorder': /81$/,
          'other specified depressive episodes': /89$/,
          '*major depressive disorder, single episode, unspecified': /\.9$/,
        },
      ],
    ],
  },
  {
    code: 'F10.9',
    date: fy2026,
    reason: 'category',
    codes: 20,
    axes: [
      [
        'accompanied-by',
        {
          uncomplicated: /90$/,
          'in remission': /91$/,
          'with intoxication': /92.$/,
          'with withdrawal': /93.$/,
          'with alcohol-induced mood disorder': /94$/,
          'with alcohol-induced psychotic disorder': /95.$/,
          'with alcohol-induced persisting amnestic disorder': /96$/,
          'with alcohol-induced persisting dementia': /97$/,
          'with alcohol-induced anxiety disorder': /980$/,
          'with alcohol-induced sexual dysfunction': /981$/,
          'with alcohol-induced sleep disorder': /982$/,
          'with other alcohol-induced disorder': /988$/,
          '*with unspecified alcohol-induced disorder': /99$/,
        },
      ],
      [
        'type',
        {
          uncomplicated: /9[23]0$/,
          delirium: /9[23]1$/,
          'with perceptual disturbance': /932$/,
          '*unspecified': /9[23]9$/,
        },
        ['with intoxication', 'with withdrawal'],
      ],
      [
        'accompanied-by',
        { 'with delusions': /950$/, 'with hallucinations': /951$/, '*unspecified': /959$/ },
        ['with alcohol-induced psychotic disorder'],
      ],
    ],
  },
  {
    // The intoxication is said; whether it is of use, abuse or dependence is not.
    code: 'F10.920',
    date: fy2026,
    reason: 'unspecified',
    codes: 2,
    axes: [['type', { 'alcohol abuse': /^F10\.120$/, 'alcohol dependence': /^F10\.220$/ }]],
  },
  {
    // Uncomplicated: that it is without intoxication and withdrawal is said by what the code is not.
    code: 'F10.90',
    date: fy2026,
    reason: 'unspecified',
    codes: 2,
    axes: [['type', { 'alcohol abuse': /^F10\.10$/, 'alcohol dependence': /^F10\.20$/ }]],
  },
  {
    code: 'H40.1',
    date: fy2026,
    reason: 'category',
    codes: 89,
    axes: [
      [
        'type',
        {
          'primary open-angle glaucoma': /^H40\.11/,
          'low-tension glaucoma': /^H40\.12/,
          'pigmentary glaucoma': /^H40\.13/,
          'capsular glaucoma with pseudoexfoliation of lens': /^H40\.14/,
          'residual stage of open-angle glaucoma': /^H40\.15/,
          '*unspecified open-angle glaucoma': /^H40\.10/,
        },
      ],
      [
        'side',
        {
          right: /^H40\.1[1-5]1/,
          left: /^H40\.1[1-5]2/,
          bilateral: /^H40\.1[1-5]3/,
          '*unspecified': /^H40\.1[1-5]9/,
        },
        [
          'primary open-angle glaucoma',
          'low-tension glaucoma',
          'pigmentary glaucoma',
          'capsular glaucoma with pseudoexfoliation of lens',
          'residual stage of open-angle glaucoma',
        ],
      ],
      [
        'stage',
        {
          'mild stage': /^.{7}1$/,
          'moderate stage': /^.{7}2$/,
          'severe stage': /^.{7}3$/,
          'indeterminate stage': /^.{7}4$/,
          '*unspecified': /^.{7}0$/,
        },
        [
          'primary open-angle glaucoma',
          'low-tension glaucoma',
          'pigmentary glaucoma',
          'capsular glaucoma with pseudoexfoliation of lens',
          'unspecified open-angle glaucoma',
        ],
      ],
    ],
  },
  {
    code: 'H25.1',
    date: fy2026,
    reason: 'category',
    codes: 4,
    axes: [
      ['side', { 'right eye': /1$/, 'left eye': /2$/, bilateral: /3$/, '*unspecified eye': /0$/ }],
    ],
  },
  {
    code: 'C50.9',
    date: fy2026,
    reason: 'category',
    codes: 6,
    axes: [
      ['sex', { female: /91.$/, male: /92.$/ }],
      ['side', { right: /1$/, left: /2$/, '*unspecified': /9$/ }],
    ],
  },
  {
    // Female is said; the codes of male breasts are not offered.
    code: 'C50.919',
    date: fy2026,
    reason: 'unspecified',
    codes: 26,
    axes: [
      [
        'site',
        {
          'nipple and areola': /^C50\.01/,
          'central portion': /^C50\.11/,
          'upper-inner quadrant': /^C50\.21/,
          'lower-inner quadrant': /^C50\.31/,
          'upper-outer quadrant': /^C50\.41/,
          'lower-outer quadrant': /^C50\.51/,
          'axillary tail': /^C50\.61/,
          'overlapping sites': /^C50\.81/,
          '*unspecified site': /^C50\.91/,
        },
      ],
      ['side', { right: /1$/, left: /2$/, '*unspecified': /9$/ }],
    ],
  },
  {
    code: 'O30.0',
    date: fy2026,
    reason: 'category',
    codes: 24,
    axes: [
      [
        'type',
        {
          'monochorionic/monoamniotic': /01.$/,
          conjoined: /02.$/,
          'monochorionic/diamniotic': /03.$/,
          'dichorionic/diamniotic': /04.$/,
          'unable to determine number of placenta and number of amniotic sacs': /09.$/,
          '*unspecified number of placenta and unspecified number of amniotic sacs': /00.$/,
        },
      ],
      [
        'trimester',
        {
          'first trimester': /1$/,
          'second trimester': /2$/,
          'third trimester': /3$/,
          '*unspecified': /9$/,
        },
      ],
    ],
  },
  {
    code: 'O09.0',
    date: fy2026,
    reason: 'category',
    codes: 4,
    axes: [
      [
        'trimester',
        {
          'first trimester': /1$/,
          'second trimester': /2$/,
          'third trimester': /3$/,
          '*unspecified trimester': /0$/,
        },
      ],
    ],
  },
  {
    code: 'O10.0',
    date: fy2026,
    reason: 'category',
    codes: 6,
    axes: [
      [
        'trimester',
        {
          'pregnancy, first trimester': /11$/,
          'pregnancy, second trimester': /12$/,
          'pregnancy, third trimester': /13$/,
          childbirth: /02$/,
          puerperium: /03$/,
          '*pregnancy, unspecified trimester': /19$/,
        },
      ],
    ],
  },
  {
    code: 'L89.15',
    date: fy2026,
    reason: 'category',
    codes: 7,
    axes: [
      [
        'stage',
        {
          unstageable: /0$/,
          'stage 1': /1$/,
          'stage 2': /2$/,
          'stage 3': /3$/,
          'stage 4': /4$/,
          'pressure-induced deep tissue damage of sacral region': /6$/,
          '*unspecified stage': /9$/,
        },
      ],
    ],
  },
  {
    code: 'L89',
    date: fy2026,
    reason: 'category',
    codes: 175,
    axes: [
      [
        'site',
        {
          elbow: /^L89\.0/,
          back: /^L89\.1/,
          hip: /^L89\.2/,
          buttock: /^L89\.3/,
          'contiguous site of back, buttock and hip': /^L89\.4/,
          ankle: /^L89\.5/,
          heel: /^L89\.6/,
          head: /^L89\.81/,
          'other site': /^L89\.89/,
          '*unspecified site': /^L89\.9/,
        },
      ],
      [
        'site',
        {
          'upper back': /^L89\.1[12]/,
          'lower back': /^L89\.1[34]/,
          'sacral region': /^L89\.15/,
          '*unspecified part': /^L89\.10/,
        },
        ['back'],
      ],
      [
        'side',
        {
          right: /^L89\.(?:[02356]1|1[13])/,
          left: /^L89\.(?:[02356]2|1[24])/,
          '*unspecified': /^L89\.[02356]0/,
        },
        ['elbow', 'back', 'hip', 'buttock', 'ankle', 'heel'],
      ],
      [
        'stage',
        {
          // Sites without a side have a character less.
          unstageable: /^L89\.(?:\d\d0|[49]5)$/,
          'stage 1': /1$/,
          'stage 2': /2$/,
          'stage 3': /3$/,
          'stage 4': /4$/,
          'deep tissue damage': /6$/,
          '*unspecified': /^L89\.(?:\d\d9|[49]0)$/,
        },
      ],
    ],
  },
  {
    code: 'K50.9',
    date: fy2026,
    reason: 'category',
    codes: 7,
    axes: [
      [
        'accompanied-by',
        {
          'without complications': /90$/,
          'with rectal bleeding': /1$/,
          'with intestinal obstruction': /2$/,
          'with fistula': /3$/,
          'with abscess': /4$/,
          'with other complication': /8$/,
          '*with unspecified complications': /9$/,
        },
      ],
    ],
  },
  {
    // With complications is said: what has none is not offered.
    code: 'K50.919',
    date: fy2026,
    reason: 'unspecified',
    codes: 23,
    axes: [
      [
        'type',
        {
          'small intestine': /^K50\.01/,
          'large intestine': /^K50\.11/,
          'both small and large intestine': /^K50\.81/,
          '*unspecified': /^K50\.91/,
        },
      ],
      [
        'with-or-without',
        {
          'with rectal bleeding': /1$/,
          'with intestinal obstruction': /2$/,
          'with fistula': /3$/,
          'with abscess': /4$/,
          'with other complication': /8$/,
          '*with unspecified complications': /9$/,
        },
      ],
    ],
  },
  {
    code: 'G43.9',
    date: fy2026,
    reason: 'category',
    codes: 4,
    axes: [
      ['intractability', { 'not intractable': /90.$/, intractable: /91.$/ }],
      ['with-or-without', { 'with status migrainosus': /1$/, 'without status migrainosus': /9$/ }],
    ],
  },
  {
    code: 'G43.909',
    date: fy2026,
    reason: 'unspecified',
    codes: 9,
    axes: [
      [
        'type',
        {
          'without aura': /\.009$/,
          'with aura': /\.109$/,
          hemiplegic: /\.409$/,
          'persistent migraine aura without cerebral infarction': /\.509$/,
          'persistent migraine aura with cerebral infarction': /\.609$/,
          'chronic migraine without aura': /\.709$/,
          menstrual: /\.829$/,
          'chronic migraine with aura': /\.E09$/,
          other: /\.809$/,
        },
      ],
    ],
  },
  {
    code: 'N18.3',
    date: '2020-10-01',
    reason: 'divided',
    codes: 3,
    axes: [['stage', { 'stage 3a': /1$/, 'stage 3b': /2$/, '*stage 3 unspecified': /0$/ }]],
  },
  {
    code: 'N18.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 8,
    axes: [
      [
        'stage',
        {
          'stage 1': /\.1$/,
          'stage 2 (mild)': /\.2$/,
          'stage 3 unspecified': /\.30$/,
          'stage 3a': /\.31$/,
          'stage 3b': /\.32$/,
          'stage 4 (severe)': /\.4$/,
          'stage 5': /\.5$/,
          'end stage renal disease': /\.6$/,
        },
      ],
    ],
  },
  {
    code: 'R10.1',
    date: fy2026,
    reason: 'category',
    codes: 4,
    axes: [
      [
        'type',
        {
          'right upper quadrant pain': /1$/,
          'left upper quadrant pain': /2$/,
          'epigastric pain': /3$/,
          '*upper abdominal pain, unspecified': /0$/,
        },
      ],
    ],
  },
  {
    code: 'T36.0',
    date: fy2026,
    reason: 'category',
    codes: 18,
    axes: [
      [
        'circumstance',
        {
          'poisoning, accidental (unintentional)': /X1/,
          'poisoning, intentional self-harm': /X2/,
          'poisoning, assault': /X3/,
          'poisoning, undetermined': /X4/,
          'adverse effect': /X5/,
          underdosing: /X6/,
        },
      ],
      ['encounter', { 'initial encounter': /A$/, 'subsequent encounter': /D$/, sequela: /S$/ }],
    ],
  },
  {
    code: 'E66.8',
    date: '2024-10-01',
    reason: 'divided',
    codes: 4,
    axes: [
      [
        'type',
        {
          'class 1': /811$/,
          'class 2': /812$/,
          'class 3': /813$/,
          'other obesity not elsewhere classified': /89$/,
        },
      ],
    ],
  },
  {
    code: 'I63.3',
    date: fy2026,
    reason: 'category',
    codes: 18,
    axes: [
      [
        'site',
        {
          'middle cerebral artery': /\.31/,
          'anterior cerebral artery': /\.32/,
          'posterior cerebral artery': /\.33/,
          'cerebellar artery': /\.34/,
          'other cerebral artery': /\.39$/,
          '*unspecified cerebral artery': /\.30$/,
        },
      ],
      [
        'side',
        {
          right: /\.3[1-4]1$/,
          left: /\.3[1-4]2$/,
          bilateral: /\.3[1-4]3$/,
          '*unspecified': /\.3[1-4]9$/,
        },
        [
          'middle cerebral artery',
          'anterior cerebral artery',
          'posterior cerebral artery',
          'cerebellar artery',
        ],
      ],
    ],
  },
  {
    code: 'K25',
    date: fy2026,
    reason: 'category',
    codes: 9,
    axes: [
      [
        'acuity',
        {
          acute: /[0-3]$/,
          'chronic or unspecified': /[456]$/,
          chronic: /7$/,
          '*unspecified as acute or chronic': /9$/,
        },
      ],
      [
        'with-or-without',
        {
          'with hemorrhage': /[04]$/,
          'with perforation': /[15]$/,
          'with both hemorrhage and perforation': /[26]$/,
          'without hemorrhage or perforation': /[379]$/,
        },
      ],
    ],
  },
  {
    code: 'J18.9',
    date: fy2026,
    reason: 'unspecified',
    codes: 4,
    axes: [
      [
        'type',
        {
          'bronchopneumonia, unspecified organism': /0$/,
          lobar: /1$/,
          hypostatic: /2$/,
          other: /8$/,
        },
      ],
    ],
  },
  {
    code: 'S30.1XXA',
    date: fy2026,
    reason: 'ended',
    codes: 3,
    axes: [
      ['site', { 'abdominal wall': /11XA$/, groin: /12XA$/, 'flank (latus) region': /13XA$/ }],
    ],
  },
  {
    // Fibrillation is said, of a category of fibrillation and flutter.
    code: 'I48.91',
    date: fy2026,
    reason: 'unspecified',
    codes: 5,
    axes: [
      [
        'type',
        {
          'paroxysmal atrial fibrillation': /\.0$/,
          'longstanding persistent atrial fibrillation': /\.11$/,
          'chronic atrial fibrillation, unspecified': /\.20$/,
          'permanent atrial fibrillation': /\.21$/,
          'other persistent atrial fibrillation': /\.19$/,
        },
      ],
    ],
  },
  { code: 'I10', date: fy2026, reason: 'specific', codes: 0, axes: [] },
  { code: 'E11.65', date: fy2026, reason: 'specific', codes: 0, axes: [] },
];

// Distinctions among titles made for the purpose: what is taken for a distinction, and what for a part of a name.
import { describe, expect, test } from 'vitest';
import { adviceAxes } from '../../shared/core/advice-axes.ts';

/** `CODE Title` lines as codes; headings are the ones given with `# CODE Title`. */
function axesOf(...lines: readonly string[]) {
  const read = (line: string) => {
    const [code = '', ...words] = line.split(' ');
    return { code, title: words.join(' ') };
  };
  const headings = lines.filter((line) => line.startsWith('# ')).map((line) => read(line.slice(2)));
  const codes = lines.filter((line) => !line.startsWith('# ')).map(read);
  const byCode = new Map(headings.map(({ code, title }) => [code, title]));
  return adviceAxes(codes, byCode, headings[0]).map(({ axis, appliesTo, options }) => ({
    axis,
    ...(appliesTo.length > 0 && { appliesTo }),
    options: Object.fromEntries(options.map(({ text, codes: of }) => [text, of])),
  }));
}

describe('shared/core/advice-axes.ts', () => {
  test('a single code leaves nothing to choose', () => {
    expect(axesOf('# A00 Cholera', 'A001 Cholera due to vibrios')).toEqual([]);
  });

  test('words without a counterpart are part of a name', () => {
    const axes = axesOf(
      '# I50 Heart failure',
      'I501 Right heart failure',
      'I502 Chronic obstructive heart failure',
      'I503 High output heart failure',
    );
    expect(axes).toEqual([
      {
        axis: 'type',
        options: {
          'right heart failure': ['I501'],
          'chronic obstructive': ['I502'],
          'high output': ['I503'],
        },
      },
    ]);
  });

  test('a side that two conditions have is a distinction of its own', () => {
    const axes = axesOf(
      '# M25 Pain in joint',
      'M2511 Pain in right elbow',
      'M2512 Pain in left elbow',
      'M2521 Pain in right knee',
      'M2522 Pain in left knee',
      'M2529 Pain in unspecified knee',
      'M259 Pain in unspecified joint',
    );
    expect(axes).toEqual([
      {
        axis: 'site',
        options: {
          elbow: ['M2511', 'M2512'],
          knee: ['M2521', 'M2522', 'M2529'],
          'unspecified joint': ['M259'],
        },
      },
      {
        axis: 'side',
        appliesTo: ['elbow', 'knee'],
        options: {
          right: ['M2511', 'M2521'],
          left: ['M2512', 'M2522'],
          unspecified: ['M2529'],
        },
      },
    ]);
  });

  test('choices that read alike under several headings are one choice', () => {
    const regions = ['cervical region', 'thoracic region', 'lumbar region', 'sacral region'];
    const codes = (stem: string, title: string) =>
      regions.map((region, index) => `${stem}${index} ${title}, ${region}`);
    const axes = axesOf(
      '# M54 Dorsalgia',
      '# M540 Panniculitis of back',
      '# M541 Radiculopathy',
      '# M542 Neuralgia',
      ...codes('M540', 'Panniculitis of back'),
      ...codes('M541', 'Radiculopathy'),
      ...codes('M542', 'Neuralgia'),
      'M546 Cervicalgia',
    );
    expect(axes.map(({ axis }) => axis)).toEqual(['type', 'site']);
    expect(axes[1]).toEqual({
      axis: 'site',
      appliesTo: ['panniculitis of back', 'radiculopathy', 'neuralgia'],
      options: Object.fromEntries(
        regions.map((region, index) => [region, [`M540${index}`, `M541${index}`, `M542${index}`]]),
      ),
    });
  });

  test('the encounter of a fracture is three distinctions', () => {
    const axes = axesOf(
      '# S720 Fracture of femur',
      'S720A Fracture of femur, initial encounter for closed fracture',
      'S720B Fracture of femur, initial encounter for open fracture type I or II',
      'S720D Fracture of femur, subsequent encounter for closed fracture with routine healing',
      'S720K Fracture of femur, subsequent encounter for closed fracture with nonunion',
      'S720S Fracture of femur, sequela',
    );
    expect(axes).toEqual([
      {
        axis: 'encounter',
        options: {
          'initial encounter': ['S720A', 'S720B'],
          'subsequent encounter': ['S720D', 'S720K'],
          sequela: ['S720S'],
        },
      },
      {
        axis: 'fracture-wound',
        appliesTo: ['initial encounter', 'subsequent encounter'],
        options: { closed: ['S720A', 'S720D', 'S720K'], 'open, type I or II': ['S720B'] },
      },
      {
        axis: 'fracture-healing',
        appliesTo: ['subsequent encounter'],
        options: { 'routine healing': ['S720D'], nonunion: ['S720K'] },
      },
    ]);
  });

  test('an axis is told by the options that lead to it and to nothing else', () => {
    const healing = (stem: string, title: string) => [
      `${stem}A ${title}, initial encounter`,
      `${stem}D ${title}, subsequent encounter for fracture with routine healing`,
      `${stem}K ${title}, subsequent encounter for fracture with nonunion`,
    ];
    const axes = axesOf(
      '# S72 Injury of femur',
      ...healing('S721', 'Stress break of femur'),
      ...healing('S722', 'Shaft break of femur'),
      'S723A Sprain of femur, initial encounter',
      'S723S Sprain of femur, sequela',
    );
    expect(axes.map(({ axis, appliesTo }) => [axis, appliesTo])).toEqual([
      ['type', undefined],
      ['encounter', undefined],
      ['fracture-healing', ['subsequent encounter']],
    ]);
  });

  test('poisoning, adverse effect and underdosing are one distinction of one substance', () => {
    const axes = axesOf(
      '# T36 Poisoning by, adverse effect of and underdosing of antibiotics',
      'T3601 Poisoning by penicillins, assault',
      'T3605 Adverse effect of penicillins',
      'T3606 Underdosing of penicillins',
      'T3611 Poisoning by macrolides, assault',
      'T3615 Adverse effect of macrolides',
    );
    expect(axes).toEqual([
      {
        axis: 'substance',
        options: { penicillins: ['T3601', 'T3605', 'T3606'], macrolides: ['T3611', 'T3615'] },
      },
      {
        axis: 'circumstance',
        options: {
          'poisoning, assault': ['T3601', 'T3611'],
          'adverse effect': ['T3605', 'T3615'],
          underdosing: ['T3606'],
        },
      },
    ]);
  });

  test('an option is for a silent record only when it says no more than the others do', () => {
    const options = (...lines: readonly string[]) =>
      adviceAxes(
        lines.map((line, index) => ({ code: `I50${index}`, title: line })),
        new Map(),
        { code: 'I50', title: 'Heart failure' },
      )[0]?.options.map(({ text, whenNotStated }) => [text, whenNotStated]);
    expect(
      options(
        'Heart failure, unspecified',
        'Left ventricular failure, unspecified',
        'Other heart failure',
      ),
    ).toEqual([
      ['left ventricular failure, unspecified', false],
      ['other', false],
      ['unspecified', true],
    ]);
  });
});

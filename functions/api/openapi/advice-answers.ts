// The adviser's answer as a schema; see reference-answers.ts.
import * as z from 'zod';
import { axisIds } from '../../../shared/core/advice-lexicon.ts';
import { adviceReasons } from '../../../shared/core/advice-text.ts';
import type { Advice } from '../../../shared/operations/advise.ts';
import { code, date, lookup, releaseId } from './reference-answers.ts';
import type { Same, Wire } from './wire.ts';

const axis = z
  .strictObject({
    axis: z.enum(axisIds).meta({ description: 'The kind of distinction.' }),
    question: z.string().meta({ examples: ['Which side?'] }),
    appliesTo: z.array(z.string()).meta({
      description:
        'Options of earlier distinctions under which alone it arises; empty when it concerns every code.',
    }),
    options: z.array(
      z.strictObject({
        text: z.string(),
        whenNotStated: z.boolean().meta({ description: 'For a record that does not say.' }),
        codes: z.array(code),
      }),
    ),
  })
  .meta({ id: 'AdviceAxis' });

/** `GET /v1/advice/{system}/{code}`. */
export const advice = z
  .strictObject({
    system: z.literal('icd10cm'),
    code,
    date,
    status: lookup.shape.status,
    reason: z.enum(adviceReasons).meta({
      description:
        'Why codes are offered: those below a `category`; what a code `divided` or `ended` became; what holds until a ' +
        '`future` code does; what says more than an `unspecified` one. Nothing is offered for the others.',
    }),
    title: z.string().nullable(),
    release: releaseId.nullable(),
    provisional: z.boolean(),
    axes: z.array(axis),
    codes: z.array(
      z.strictObject({
        code,
        title: z.string(),
        includes: z
          .array(z.string())
          .exactOptional()
          .meta({ description: 'Inclusion terms of the tabular list of the date.' }),
      }),
    ),
    text: z.array(z.string()).meta({ description: 'The same in words, a paragraph each.' }),
  })
  .meta({ id: 'Advice' });

/** The schema above says exactly what the operation answers; the compiler refuses this line when it does not. */
export const adviceAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof advice>, Wire<Advice>>,
];

// Fields that answers on policies and on coverage have in common, as schemas.
import * as z from 'zod';

/** The collection of a policy. */
export const source = z.string().meta({ description: 'The collection.', examples: ['mcd'] });
/** A document. */
export const id = z.string().meta({ examples: ['A57791'] });
/** A version of one. */
export const version = z.string().meta({ description: 'As the source counts.', examples: ['12'] });
/** A procedure code. */
export const procedure = z.string().meta({ description: 'HCPCS or CPT.', examples: ['62323'] });
/** A state. */
export const state = z.string().meta({
  description:
    'As USPS abbreviates it, or a part of a state as the Medicare Coverage Database does.',
  examples: ['MA'],
});
/** A list of diagnoses. */
export const list = z.enum(['covered', 'not-covered', 'requires', 'prior-authorization']);
/** A group of a list. */
export const group = z
  .string()
  .meta({ description: 'As the document numbers it.', examples: ['1'] });
/** What a document is. */
export const kind = z.enum(['article', 'lcd', 'rules']);
/** Words of a document. */
export const quote = z.string().meta({ description: 'Plain text of the document.' });
/** How sure it is what a list is for. */
export const mapping = z.enum(['explicit', 'prose', 'only-group', 'same-number', 'unclear']).meta({
  description:
    'How sure it is that the list is for the procedure: by a field, a paragraph, the only group, the group of the same number, ' +
    'or nothing.',
});

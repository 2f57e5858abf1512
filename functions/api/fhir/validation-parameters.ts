// Parameters both $validate-code operations have, and those of the terminology ecosystem neither supports.
import {
  booleanType,
  codeableConceptType,
  codeType,
  codingType,
  englishType,
  stringType,
} from './parameter-types.ts';
import { one, refused } from './read-parameters.ts';

/** What every operation is asked that loads terminology from outside; there is nothing to load it into. */
export const refusedEverywhere = {
  'tx-resource': refused('only the code systems of this server are known'),
  'cache-id': refused('nothing is kept between requests'),
  useSupplement: refused('there are no supplements'),
  profile: refused('give the parameters themselves'),
};

/** The shared ones. */
export const validationParameters = {
  ...refusedEverywhere,
  code: one(codeType, 'the code'),
  display: one(stringType, 'a title to hold against those of the date'),
  coding: one(codingType, 'the code, instead of code'),
  codeableConcept: one(codeableConceptType, 'any of its codings has to be valid'),
  abstract: one(booleanType, 'true: a header will do'),
  displayLanguage: one(englishType, 'titles are in English'),
  'lenient-display-validation': one(booleanType, 'true: a wrong display is only a warning'),
};

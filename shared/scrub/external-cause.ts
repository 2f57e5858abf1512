// External causes of morbidity, chapter 20: they say how something came about, not what it is.

/** True for a code of V00–Y99 (normal form). */
export const isExternalCause = (code: string): boolean => /^[V-Y]/.test(code);

// Things made when first needed: a Lambda that uses one client does not wait for the others.

/** Makes the value at the first call, then gives the same. A failure is not remembered. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** An object that is made when one of its members is first read; it can be passed on and copied before that. */
export function whenUsed<T extends object>(make: () => T): T {
  const made = lazily(make);
  return new Proxy({} as T, { get: (_, name) => Reflect.get(made(), name) });
}

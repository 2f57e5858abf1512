// Texts that say the same of a code every time are put together once.

/** The function, asked once for each object; what it said is kept for as long as the object. */
export function rememberedBy<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = known.get(of);
    if (before) return before.value;
    const value = work(of);
    known.set(of, { value });
    return value;
  };
}

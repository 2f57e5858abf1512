// Gives other work of the process a turn between two pieces of a long build.

/** Resolves after what waits in the event loop has had its turn. */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

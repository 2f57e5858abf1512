// Processor time of this process: of work on one thread that waits for nothing it is what the work takes on a machine that
// does nothing else, and other processes hardly change it.

/** Milliseconds of processor time some work takes, all threads together. */
export async function processorMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// Prints the one line CI reads last: `N passed, N failed, N skipped`, counted from the results.
import type { Reporter, TestModule } from 'vitest/node';

/** Counts finished test cases by outcome and prints the totals alone on the last line. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      let cases = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') count.passed += 1;
        else if (state === 'skipped') count.skipped += 1;
        else count.failed += 1;
        cases += 1;
      }
      // A file that could not be loaded, or a suite whose hook broke, is a failure though no test case is.
      const broken = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
      count.failed += broken.length;
      if (module.errors().length > 0 || (cases === 0 && !module.ok())) count.failed += 1;
    }
    count.failed += errors.length;
    process.on('exit', () => {
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
    });
  }
}

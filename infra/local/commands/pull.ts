// `codewatch pull`: the start-up run without serving, for a scheduler or a quick look.
import { countOf } from '../../../shared/core/wording.ts';
import { startRuntime } from '../runtime.ts';
import { takeFolder } from '../session.ts';
import { printClosing, startUp } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import type { Command } from './command.ts';

/** Exit code 1 when this run put a release into quarantine, 2 when messages failed every attempt. */
export const pull: Command = async ({ settings, terminal }) => {
  const lock = takeFolder(settings, 'pull');
  const baseUrl = `http://127.0.0.1:${settings.port}`;
  try {
    const runtime = await startRuntime({ ...settings, baseUrl });
    try {
      const found = await startUp(runtime, settings, terminal.print);
      if (!found) throw new Error('the run was halted');
      await printClosing(runtime, found, baseUrl, terminal.print);
      const { fresh, freshAlerts, deadLetters } = found;
      const quarantined = fresh.filter((one) => one.status === 'quarantined');
      terminal.answer(
        {
          releases: fresh.map(({ id }) => id),
          alerts: freshAlerts.map(({ id }) => id),
          deadLetters,
        },
        () => `\nnew: ${countOf(fresh.length, 'release')}, ${countOf(freshAlerts.length, 'alert')}`,
      );
      if (deadLetters > 0) return exitCodes.failure;
      return quarantined.length > 0 ? exitCodes.findings : exitCodes.ok;
    } finally {
      await runtime.stop();
    }
  } finally {
    lock?.release();
  }
};

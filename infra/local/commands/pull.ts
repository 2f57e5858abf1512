// `codewatch pull`: the start-up run without serving, for a scheduler or a quick look.
import { countOf } from '../../../shared/core/wording.ts';
import { startRuntime } from '../runtime.ts';
import { takeFolder } from '../session.ts';
import { printClosing, type StartUp, startUp } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import type { Command } from './command.ts';

/** Exit code 1 when this run put a release or an edition of policies into quarantine, 2 when messages failed every attempt. */
export const pull: Command = async ({ settings, terminal }) => {
  const lock = takeFolder(settings, 'pull');
  const baseUrl = `http://127.0.0.1:${settings.port}`;
  try {
    const runtime = await startRuntime({ ...settings, baseUrl });
    try {
      const found = await startUp(runtime, settings, terminal.print);
      if (!found) throw new Error('the run was halted');
      await printClosing(runtime, found, baseUrl, terminal.print);
      const { fresh, freshAlerts, freshEditions, deadLetters } = found;
      const quarantined = [...fresh, ...freshEditions].filter(
        ({ status }) => status === 'quarantined',
      );
      terminal.answer(
        {
          releases: fresh.map(({ id }) => id),
          editions: freshEditions.map(({ id }) => id),
          alerts: freshAlerts.map(({ id }) => id),
          deadLetters,
        },
        () => `\nnew: ${news(found)}`,
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

const news = ({ fresh, freshEditions, freshAlerts }: StartUp): string =>
  [
    countOf(fresh.length, 'release'),
    countOf(freshEditions.length, 'edition'),
    countOf(freshAlerts.length, 'alert'),
  ].join(', ');

// Log lines as CloudWatch gets them: one JSON object a line.
import { describe, expect, test } from 'vitest';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createLog } from '../../shared/edge/log.ts';

describe('shared/edge/log.ts', () => {
  test('a line is one JSON object with level, message and fields', () => {
    const lines: string[] = [];
    const log = createLog({ step: 'ingest' }, (line) => void lines.push(line));
    log.info('committed\nrelease', { release: 'icd10cm-2026', rows: 98_186, none: undefined });
    log.warn('late');
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        step: 'ingest',
        release: 'icd10cm-2026',
        rows: 98_186,
        level: 'info',
        message: 'committed\nrelease',
      },
      { step: 'ingest', level: 'warn', message: 'late' },
    ]);
  });

  test('a failure is logged with its code and its causes', () => {
    const lines: string[] = [];
    const log = createLog({}, (line) => void lines.push(line));
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    log.error('failed', new CodewatchError('unavailable', 'table is unavailable', { cause }), {
      message: 'x',
    });
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'error',
      message: 'failed',
      error: 'CodewatchError [unavailable]: table is unavailable <- Error [ECONNREFUSED]: connect',
    });
  });

  test('anything thrown can be logged', () => {
    const lines: string[] = [];
    const log = createLog({}, (line) => void lines.push(line));
    log.error('failed', 'just text');
    expect(JSON.parse(lines[0] ?? '').error).toBe('just text');
  });
});

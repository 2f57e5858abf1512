// Routes that search: codes by words of their titles or the beginning of the code, on a date of service.
import { Hono } from 'hono';
import type { ApiPorts } from './api-ports.ts';

/** `GET /v1/search/{system}?q=&date=&limit=`. Public. */
export function searchRoutes(_ports: ApiPorts): Hono {
  return new Hono();
}

// The NLM Clinical Tables search API over our codes, right for a date of service.
import { Hono } from 'hono';
import type { ApiPorts } from './api-ports.ts';

/** `GET /{system}/v3/search`. Public. */
export function nlmRoutes(_ports: ApiPorts): Hono {
  return new Hono();
}

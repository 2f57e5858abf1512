// Texts of the page about the API.
import { html } from 'hono/html';

/** A piece of the page, escaped where it has to be. */
export type Html = ReturnType<typeof html>;

/** A text with what stands between backticks as code. */
export const withCode = (text: string): Html =>
  html`${text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;

// An error page must be known for one, and no data file mistaken for one.
import { describe, expect, it } from 'vitest';
import { looksLikeHtml } from '../../shared/formats/looks-like-html.ts';

describe('shared/formats/looks-like-html.ts', () => {
  it.each([
    '<!DOCTYPE html>\n<html lang="en">',
    '\ufeff<html>',
    '\r\n  <HTML><HEAD>',
    '<!-- served by proxy -->\n<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">',
    '<title>404 - File or directory not found.</title>',
  ])('knows a web page: %s', (text) => {
    expect(looksLikeHtml(Buffer.from(text))).toBe(true);
  });

  it.each([
    '',
    '00001 A00     0 Cholera',
    'PK\x03\x04',
    '<?xml version="1.0"?><ICD10CM.tabular>',
    'a <html> b',
  ])('takes other content for what it is: %s', (text) => {
    expect(looksLikeHtml(Buffer.from(text))).toBe(false);
  });
});

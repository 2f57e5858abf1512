// Web servers answer with an error page where a file used to be; this tells such a page from the file.

/** Bytes that are looked at; an error page shows what it is at once. */
const sniffedBytes = 1024;

const htmlStart =
  /^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|h1)\b/i;

/** True when the bytes begin like a web page. Only the first kilobyte is looked at. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  return htmlStart.test(Buffer.from(bytes.subarray(0, sniffedBytes)).toString('latin1'));
}

// A web page with NLM's own autocompleter on one field, on an origin of its own: it calls the API across origins.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type HttpServer, serveHttp } from '../../infra/local/http-server.ts';

const widget = dirname(fileURLToPath(import.meta.resolve('autocomplete-lhc')));

const html = (options: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Diagnosis</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/widget.css">
<style>body { font: 16px sans-serif; margin: 2em } #diagnosis { width: 36em }</style>
<label for="diagnosis">Diagnosis</label>
<div><input id="diagnosis"></div>
<p>Picked: <output id="picked"></output></p>
<p>Did you mean: <output id="suggested"></output></p>
<script src="/widget.js"></script>
<script>
  const api = new URLSearchParams(location.search).get('api');
  const field = new Def.Autocompleter.Search('diagnosis', api, ${options});
  Def.Autocompleter.Event.observeListSelections('diagnosis', () => {
    document.getElementById('picked').value = JSON.stringify(field.getItemData());
  });
  Def.Autocompleter.Event.observeSuggestions('diagnosis', ({ suggestion_list }) => {
    document.getElementById('suggested').value = JSON.stringify(suggestion_list);
  });
</script>
`;

async function bundled(entry: string, global: boolean): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(widget, entry)],
    bundle: true,
    write: false,
    outdir: 'unused',
    loader: { '.png': 'dataurl' },
    ...(global && { format: 'iife', globalName: 'Def' }),
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${entry}`);
  return file.text;
}

/** Serves the page; `?api=` names the search URL, `options` is JavaScript for the widget's options. */
export async function serveWidgetPage(options = '{}'): Promise<HttpServer> {
  const files = new Map([
    ['/', ['text/html', html(options)]],
    ['/widget.js', ['text/javascript', await bundled('index.js', true)]],
    ['/widget.css', ['text/css', await bundled('auto_completion.css', false)]],
  ]);
  return serveHttp((request) => {
    const [type, text] = files.get(new URL(request.url).pathname) ?? [];
    if (type === undefined) return new Response(null, { status: 404 });
    return new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } });
  }, 0);
}

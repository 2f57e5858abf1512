// What the command line says about itself, and the error that means "asked wrongly".

/** A wrong command line or setting: answered with one line and exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** `codewatch --help`. */
export const usage = `codewatch <command> [options]

  serve                       pull, ingest, assess, notify, then serve the API (npm start)
  pull                        the same without serving
  intake <files…>             take in claims and templates: 837, FHIR, CSV, NDJSON; - reads standard input,
                              a folder its files; CMS's IDR tables together
                              [--mapping FILE: the columns of your tables, as JSON, kept from then on]
  check <files…> [--on DATE]  scrub the templates and claims in files, without storing them
                              [--until DATE] [--sarif FILE|-] [--junit FILE|-] [--fail-on warning]
  lookup CODE [--on DATE]     what a code is on a date of service [--known INSTANT] [--system ID]
  advise CODE [--on DATE]     what the record must state to code more specifically
  coverage PROCEDURE DIAGNOSIS
                              does a payer's policy support it [--state MA] [--payer medicare]
                              [--plan NAME] [--on DATE]
  policies [ID]               the policies taken in, or one with its history [--on DATE] [--collection mcd]
  rules FILE…                 take in a payer's rules (docs/payer-rules.md) [--feed ID]
  diff A B                    what changed between two releases, e.g. icd10cm-2021 icd10cm-2022
  verify                      compare the code table with every archived release, policies with their editions
  snapshot --out FILE         the whole table as one SQLite file [--force replaces FILE]
  approve ID --reason TEXT    lift the quarantine of a release, or of an edition of policies [--by NAME]
  edits FILE                  take in a Medicare Code Editor list [--mce-version 43.1]

  --data FOLDER    local state, :memory: keeps none           CODEWATCH_DATA      .codewatch
  --source SOURCE  sample, live, or the folder of a mirror    CODEWATCH_SOURCE    sample
  --config FILE    payers and policy feeds, docs/feeds.md      CODEWATCH_CONFIG    infra/feeds.json
  --now DATE       what "today" is: a date or an instant      CODEWATCH_NOW       the clock
  --port PORT      HTTP port on loopback; 0 takes a free one  CODEWATCH_PORT      8787
  --token TOKEN    bearer token of the tenant "local"         CODEWATCH_TOKEN     generated
  --dynamodb URL   another DynamoDB than the embedded one     CODEWATCH_DYNAMODB  embedded
  --json           answers as JSON on standard output, all else on standard error
  --help           this text

Exit codes: 0 all well; 1 something was found (codes not billable or not covered, records
refused, a release quarantined, the table and the archive disagree); 2 wrong usage or a failure.`;

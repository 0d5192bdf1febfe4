/** What `./keyhouse audit --help` says. */
export const AUDIT_HELP = `The audit log: taken out whole, and checked without us.

  ./keyhouse audit export --out FOLDER [--from INDEX]
      Every event of the installation with its proof, as files. Run again into the same folder, it goes on.
  ./keyhouse audit verify FOLDER --key KEY [--from INDEX] [--older FILE] [--accept-gaps]
      Makes every leaf, every tile and the root again from the events, and checks the signature. Offline: it needs the
      folder and the verifier key alone. --older: a checkpoint of another day, which this log must begin with.
      --from: earlier events need not be there. Also checks an archived day.
  ./keyhouse audit prove EVENT-ID [--out FILE]
      One event with the proof that it is in the log.
  ./keyhouse audit verify FILE --key KEY
      Checks such a proof, offline.
  ./keyhouse audit tail [FILTER] [--json]
      Events as they happen, one a line; Ctrl-C ends it. FILTER is what the console's search takes.
  ./keyhouse audit key
      The verifier keys of the log. Keep them somewhere else than the log.

KEY is a verifier key, NAME+ID+BASE64, or a file of them, one a line; --key may be given several times.
Who you are and where, for export, prove, tail and key: as with ./keyhouse call (--profile, --region, --endpoint-url,
--access-key-file). Export needs keyhouse:ExportLog in the installation's first account; prove, tail and key
need cloudtrail:LookupEvents.

Exit status of verify: 0 when everything is as it was signed, 1 when something is not; the first bad event is named.
docs/audit-export.md describes the files; docs/check-log.py is another program that checks them.
`

/** A file of events in pieces, never whole in memory, and what its manifest says of it. */
import { runningSha256 } from '../../crypto/digest.ts'
import type { EventFormat, ExportManifest } from '../../domain/events-export.ts'
import { CSV_HEAD, csvLineOf, recordLineOf } from './event-line.ts'
import type { ExportRow } from './export-rows.ts'

/** What is known before the first event. */
export type ExportTerms = Omit<ExportManifest, 'count' | 'complete' | 'continueFrom' | 'sha256'>

/**
 * The pieces of a file of at most so many events; what it returns is the manifest, which JSON and NDJSON have in them. A
 * file without events is whole too.
 */
export async function* exportFile(
  terms: ExportTerms,
  pages: AsyncIterable<readonly ExportRow[]>,
  most: number,
): AsyncGenerator<string, ExportManifest> {
  const digest = runningSha256()
  const form = FORMS[terms.format]
  let count = 0
  let continueFrom: string | null = null
  if (form.head !== '') yield form.head
  if (terms.format === 'csv') digest.add(form.head)
  for await (const rows of pages) {
    const kept = rows.slice(0, most - count)
    const lines = kept.map(form.line)
    for (const line of lines) digest.add(form.hashed(line))
    if (lines.length > 0) yield form.joined(lines, count === 0)
    count += kept.length
    const next = rows[kept.length]
    if (!next) continue
    continueFrom = next.ts.toISOString()
    break
  }
  const complete = continueFrom === null
  const manifest = { ...terms, count, complete, continueFrom, sha256: digest.hex() }
  const tail = form.tail(manifest)
  if (tail !== '') yield tail
  return manifest
}

type Form = {
  readonly head: string
  readonly line: (row: ExportRow) => string
  /** What of a line is hashed. */
  readonly hashed: (line: string) => string
  readonly joined: (lines: readonly string[], first: boolean) => string
  readonly tail: (manifest: ExportManifest) => string
}

const FORMS: Record<EventFormat, Form> = {
  csv: {
    head: CSV_HEAD,
    line: csvLineOf,
    hashed: (line) => line,
    joined: (lines) => lines.join(''),
    tail: () => '',
  },
  // One record a line, so that a line of it is the record's bytes, and hashes as in NDJSON.
  json: {
    head: '{"Records":[',
    line: recordLineOf,
    hashed: (line) => `${line}\n`,
    joined: (lines, first) => `${first ? '' : ','}\n${lines.join(',\n')}`,
    tail: (manifest) => `\n],"Manifest":${JSON.stringify(manifest)}}\n`,
  },
  ndjson: {
    head: '',
    line: recordLineOf,
    hashed: (line) => `${line}\n`,
    joined: (lines) => `${lines.join('\n')}\n`,
    tail: (manifest) => `${JSON.stringify({ manifest })}\n`,
  },
}

/** A day of the log as an export of its own: its events, what leads from them to the signed root, and a signed statement. */
import { sha256Hex } from '../../crypto/digest.ts'
import { type ArchiveStatement, printArchive, printSum } from './archive-note.ts'
import { NAMES } from './source.ts'
import { type ExportTask, type Sink, writeExport } from './write.ts'

export type ArchiveTask = ExportTask & {
  readonly day: string
  /** The signed note of the head. */
  readonly checkpoint: string
  readonly sign: (text: string) => Promise<string>
}

const README = (day: string) => `Audit log: the events of ${day} (UTC), taken out of the database.

Each has its place in the signed Merkle tree, whose hashes stay in the database: proofs made before still hold.
Check it with   ./keyhouse audit verify FOLDER --key KEY   or   python3 check-log.py FOLDER --key KEY
The files are those of an export (docs/audit-export.md). The note in "archive" says which events must be here, and
signs SHA256SUMS.
`

async function sumsOf(sink: Sink): Promise<string> {
  const lines: string[] = []
  for (const path of [...(await sink.paths())].sort()) {
    const bytes = path === NAMES.sums || path === NAMES.archive ? undefined : await sink.read(path)
    if (bytes) lines.push(printSum(sha256Hex(bytes), path))
  }
  return lines.join('')
}

/** Writes the archive; gives what it states. @throws ExportError, and what the sink throws. */
export async function writeArchive(task: ArchiveTask): Promise<ArchiveStatement> {
  const { sink, day, checkpoint, sign, head, ranges } = task
  await writeExport(
    task,
    new Map([
      [NAMES.readme, README(day)],
      [NAMES.checkpoint, checkpoint],
    ]),
  )
  const sums = await sumsOf(sink)
  await sink.write(NAMES.sums, sums)
  const events = ranges.reduce((sum, { start, end }) => sum + end - start, 0)
  const statement = { origin: head.origin, day, events, ranges, sums: sha256Hex(sums) }
  await sink.write(NAMES.archive, await sign(printArchive(statement)))
  return statement
}

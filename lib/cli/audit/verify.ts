/** `./keyhouse audit verify`: checks an export, an archived day or one proof; offline, with the public key alone. */
import { readFile, stat } from 'node:fs/promises'
import { diskFolder } from '#lib/audit/folder/disk.ts'
import type { Gap } from '#lib/audit/folder/numbers.ts'
import { checkProof, parseProof } from '#lib/audit/folder/proof-file.ts'
import { type Report, verifyExport } from '#lib/audit/folder/verify.ts'
import type { VerifierKey } from '#lib/audit/tree/note.ts'
import type { Io } from '../call.ts'
import { UsageError } from '../usage-error.ts'
import { type Flags, parseFlags, wholeNumber } from './flags.ts'
import { readKeys } from './keys.ts'

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

const gapText = ({ engineId, stream, first, last, index }: Gap) =>
  `before event ${index}: ${first === last ? `number ${first}` : `numbers ${first} to ${last}`} (${stream}) of engine ${engineId} ${first === last ? 'is' : 'are'} nowhere, and not declared`

function subjectOf({ head, archive, required, events }: Report): string {
  if (!head) return 'nothing that is signed'
  if (archive) return `${count(events, 'event')} of ${archive.day}, of a log of ${head.size}`
  const [range] = required
  const shown = range && range.start > 0 ? `events from ${range.start} on, ` : ''
  return `${shown}${count(events, 'event')} of ${head.size}`
}

/** Says what was found; gives the exit status. */
function tell(report: Report, acceptsGaps: boolean, io: Io): number {
  const { faults, told, gaps, open, head } = report
  for (const gap of gaps) io.out(`gap ${gapText(gap)}\n`)
  if (open.length > 0)
    io.out(`${count(open.length, 'gap')} within the last minute of the log: a later export must fill them.\n`)
  for (const { index, what } of told) io.out(`${index === null ? 'log' : `event ${index}`}: ${what}\n`)
  if (faults > told.length) io.out(`… and ${faults - told.length} more\n`)
  if (faults === 0 && (gaps.length === 0 || acceptsGaps)) {
    io.out(
      `Verified: ${subjectOf(report)}, as ${head?.origin ?? 'nobody'} signed ${head?.size === 1 ? 'it' : 'them'}.\n`,
    )
    return 0
  }
  const places = [told[0]?.index, gaps[0]?.index].filter((index) => typeof index === 'number')
  const first = places.length > 0 ? ` The first bad event is ${Math.min(...places)}.` : ''
  io.out(`NOT VERIFIED: ${count(faults, 'fault')}, ${count(gaps.length, 'gap')}.${first}\n`)
  return 1
}

async function older(flags: Flags): Promise<string[]> {
  return Promise.all(
    flags.all('older').map((path) =>
      readFile(path, 'utf8').catch(() => {
        throw new UsageError(`The checkpoint '${path}' cannot be read.`)
      }),
    ),
  )
}

async function verifyProof(path: string, keys: readonly VerifierKey[], io: Io): Promise<number> {
  const proof = parseProof(await readFile(path, 'utf8'))
  if (!proof) throw new UsageError(`'${path}' is neither an export nor a proof.`)
  const { event } = proof
  const checked = checkProof(proof, keys)
  if (checked.fault !== undefined) {
    io.out(`NOT VERIFIED: ${checked.fault}.\n`)
    return 1
  }
  io.out(
    `${event.record}\nVerified: event ${event.id} is number ${event.index} of the ${checked.head.size} that ${checked.head.origin} signed.\n`,
  )
  return 0
}

/** Gives the exit status. @throws UsageError for what cannot be checked at all. */
export async function verify(argv: readonly string[], io: Io): Promise<number> {
  const flags = parseFlags(argv, { values: ['key', 'from', 'older'], switches: ['accept-gaps'] })
  const [path, more] = flags.words
  if (path === undefined || more !== undefined)
    throw new UsageError('What? ./keyhouse audit verify FOLDER --key KEY')
  const keys = await readKeys(flags.all('key'))
  const from = wholeNumber('from', flags.one('from'))
  const found = await stat(path).catch(() => {
    throw new UsageError(`There is no '${path}'.`)
  })
  if (!found.isDirectory()) return verifyProof(path, keys, io)
  const report = await verifyExport(diskFolder(path), {
    keys,
    from,
    older: await older(flags),
    progress: (events) => io.err(`\r${events} events `),
  })
  return tell(report, flags.has('accept-gaps'), io)
}

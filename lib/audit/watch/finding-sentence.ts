/** What a finding says to people: one sentence each, made from its details, which programs read too. */
import type { FindingKind } from '../../domain/evidence.ts'

/** All optional: rows may be older than the program, or newer. */
export type FindingDetails = {
  readonly what?: 'leaf' | 'unplaced' | 'tile' | 'head' | 'checkpoint'
  readonly eventId?: string
  readonly engineId?: string
  readonly stream?: string
  readonly numbers?: readonly [number, number]
  readonly tile?: string
  /** Leaves of a checkpoint. */
  readonly size?: number
  /** Leaves that there are. */
  readonly found?: number
  /** Where a checkpoint is kept that the log does not continue. */
  readonly where?: string
  readonly why?: string
}

type Said = { readonly kind: FindingKind; readonly first: number | null; readonly details: FindingDetails }

const event = ({ first, details }: Said) =>
  `${details.eventId ? `Event ${details.eventId}` : 'An event'}${first === null ? '' : ` at leaf ${first}`}`

const leaves = (count: number | undefined) => (count === 1 ? '1 leaf' : `${count ?? '?'} leaves`)

function missing(said: Said): string {
  if (said.details.what === 'unplaced')
    return `${event(said)} stands in the database without ever having been given a place in the log.`
  if (said.details.what === 'leaf')
    return `Leaf ${said.first} no longer says which event it is, and its day was not taken out into a bundle.`
  return `${event(said)} is no longer there.`
}

function mismatch(said: Said): string {
  const { what, tile, size, why } = said.details
  if (what === 'tile') return `Tile ${tile} of the tree does not follow from the tile below it.`
  if (what === 'head') return `The tiles do not give the root over ${leaves(size)}${why ? `: ${why}` : ''}.`
  if (what === 'checkpoint') return `The checkpoint of ${leaves(size)} does not hold: ${why}.`
  if (what === 'leaf') return `Leaf ${said.first} does not belong where it stands.`
  return `${event(said)} is not what was recorded.`
}

function gap({ details: { numbers, engineId, stream } }: Said): string {
  const [first, last] = numbers ?? []
  const which = first === last ? `Event ${first}` : `Events ${first} to ${last}`
  return `${which} of engine ${engineId} (${stream} count) never came into the log, and nobody declared why.`
}

const SENTENCES: Readonly<Record<FindingKind, (said: Said) => string>> = {
  gap,
  mismatch,
  missing,
  mac: (said) => `${event(said)} was not written by an engine of this installation.`,
  unreadable: (said) => `${event(said)} cannot be read.`,
  rollback: ({ details: { found, size, where } }) =>
    `The log has ${leaves(found)}, but ${leaves(size)} were signed before (${where}): an older state of the database was put in its place.`,
  fork: ({ details: { size, where } }) =>
    `The first ${leaves(size)} are not those that were signed before (${where}): the log went on from an older state.`,
}

export const sentenceOf = (said: Said): string => SENTENCES[said.kind](said)

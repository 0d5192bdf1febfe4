/** What is said about material as it is uploaded: until when it is good, whether it is new, what it is. */
import type { Material } from '#components/keys/materials.ts'
import { isPending } from '#components/keys/materials.ts'

export type Terms = {
  readonly type: 'NEW_KEY_MATERIAL' | 'EXISTING_KEY_MATERIAL'
  /** Which one comes again; empty for whichever it is. */
  readonly material: string
  readonly expires: boolean
  /** As a datetime-local control writes it, in UTC: 2026-12-24T12:00. */
  readonly until: string
  readonly description: string
}

const MOST_DAYS = 365
const DAY_MS = 86_400_000

type Known = {
  readonly materials: readonly Material[] | undefined
  readonly replica: boolean
  /** The one that a row of the table named. */
  readonly asked: string | undefined
}

/** Why new material cannot come now; undefined when it can. */
export function newMaterialFault({ materials, replica }: Known): string | undefined {
  if (replica) return 'New material goes into the primary key first; replicas then take the same bytes.'
  if (materials?.some(isPending))
    return 'Another material is pending rotation. Rotate to it, or delete it, before you bring the next.'
  return undefined
}

/** The terms one begins with: missing bytes come back before anything new does. */
export function firstTerms(known: Known): Terms {
  const { materials = [], asked } = known
  const missing = materials.some(({ importState }) => importState === 'PENDING_IMPORT')
  const again = materials.length > 0 && (asked !== undefined || missing || newMaterialFault(known))
  return {
    type: again ? 'EXISTING_KEY_MATERIAL' : 'NEW_KEY_MATERIAL',
    material: asked ?? '',
    expires: false,
    until: '',
    description: '',
  }
}

/** Epoch seconds of the end, or what is wrong with it. */
export function readUntil({ expires, until }: Terms, now: Date): { at?: number; fault?: string } {
  if (!expires) return {}
  const time = Date.parse(`${until}Z`)
  if (Number.isNaN(time)) return { fault: 'Enter the date and the time, in UTC.' }
  if (time <= now.getTime()) return { fault: 'The end must be in the future.' }
  if (time > now.getTime() + MOST_DAYS * DAY_MS)
    return { fault: `The end is at most ${MOST_DAYS} days away.` }
  return { at: Math.floor(time / 1000) }
}

const DESCRIPTION = /^[a-zA-Z0-9:/_\s.-]*$/

export function descriptionFault(text: string): string | undefined {
  if (text.length > 256) return 'The description has at most 256 characters.'
  return DESCRIPTION.test(text) ? undefined : 'Use letters, digits, spaces and : / _ . - only.'
}

'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { BulkDeed, BulkOptions } from '#lib/console/bulk.ts'
import { count } from '#lib/console/format.ts'

/** What a person adds to a deed, as typed. */
export type Typed = {
  readonly tagKey: string
  readonly tagValue: string
  readonly days: string
  readonly number: string
  readonly known: boolean
}

export const NOTHING_TYPED: Typed = { tagKey: '', tagValue: '', days: '30', number: '', known: false }

type Faults = Partial<Record<'tagKey' | 'days' | 'number' | 'known', string>>

export type Weighed = {
  readonly deed: BulkDeed
  /** Keys that it will be done to, and how many of them were used in the last 30 days. */
  readonly eligible: number
  readonly recent: number
}

// ScheduleKeyDeletion takes 7 to 30 (facts 2.46).
const SHORTEST = 7
const LONGEST = 30

/** What is missing before a deed may start. */
export function faultsOf({ deed, eligible, recent }: Weighed, typed: Typed): Faults {
  if (deed === 'tag') {
    if (typed.tagKey.trim() === '') return { tagKey: 'Enter a key.' }
    if (/^aws:/i.test(typed.tagKey.trim())) return { tagKey: 'Keys that begin with aws: are reserved.' }
    return {}
  }
  if (deed !== 'scheduleDeletion') return {}
  const days = Number(typed.days)
  const whole = Number.isInteger(days) && days >= SHORTEST && days <= LONGEST
  return {
    ...(!whole && { days: `The waiting period is ${SHORTEST} to ${LONGEST} days.` }),
    ...(typed.number.trim() !== String(eligible) && { number: `Type exactly: ${eligible}` }),
    ...(recent > 0 && !typed.known && { known: 'Tick this to go on: keys were used in the last 30 days.' }),
  }
}

export const optionsOf = (deed: BulkDeed, typed: Typed): BulkOptions => ({
  ...(deed === 'tag' && { tag: { key: typed.tagKey.trim(), value: typed.tagValue.trim() } }),
  ...(deed === 'scheduleDeletion' && { days: Number(typed.days) }),
})

type OptionsProps = {
  weighed: Weighed
  typed: Typed
  faults: Faults
  onType: (part: Partial<Typed>) => void
}

/** The fields that a deed needs: a tag, or the waiting period and the number of keys typed. */
export function BulkOptionFields({ weighed, typed, faults, onType }: OptionsProps) {
  if (weighed.deed === 'tag')
    return (
      <div className="flex flex-wrap gap-4">
        <Field label="Tag key" error={faults.tagKey} className="min-w-48 grow basis-48">
          {(control) => (
            <Input
              {...control}
              maxLength={128}
              value={typed.tagKey}
              onChange={(event) => onType({ tagKey: event.target.value })}
            />
          )}
        </Field>
        <Field label="Tag value" className="min-w-48 grow basis-48">
          {(control) => (
            <Input
              {...control}
              maxLength={256}
              value={typed.tagValue}
              onChange={(event) => onType({ tagValue: event.target.value })}
            />
          )}
        </Field>
      </div>
    )
  if (weighed.deed !== 'scheduleDeletion') return null
  return (
    <>
      <Field
        label="Waiting period in days"
        help="7 to 30. Until it ends, deletion can be cancelled."
        error={faults.days}
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            min={SHORTEST}
            max={LONGEST}
            value={typed.days}
            className="w-20"
            onChange={(event) => onType({ days: event.target.value })}
          />
        )}
      </Field>
      {weighed.recent > 0 && (
        <Checkbox
          label={`I know that ${count(weighed.recent, 'of these keys was', 'of these keys were')} used in the last 30 days`}
          help={faults.known && <span className="text-vermilion">{faults.known}</span>}
          checked={typed.known}
          onChange={(event) => onType({ known: event.target.checked })}
        />
      )}
      <Field
        label={`Type ${weighed.eligible}, the number of keys, to confirm`}
        error={faults.number}
        className="max-w-96"
      >
        {(control) => (
          <Input
            {...control}
            mono
            inputMode="numeric"
            autoComplete="off"
            value={typed.number}
            onChange={(event) => onType({ number: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

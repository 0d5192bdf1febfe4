/** Events beside each other: field by field, and which fields differ. Pure. */
import { fieldsOf } from './event-fields.ts'
import type { EventDetail } from './events-query.ts'

export const MOST_COMPARED = 5

export type ComparedField = {
  readonly label: string
  /** One of each event; undefined where it has none. */
  readonly values: readonly (string | undefined)[]
  readonly differs: boolean
}
export type ComparedGroup = { readonly title: string; readonly fields: readonly ComparedField[] }

type Compared = Pick<EventDetail, 'Event' | 'Record'>

const unique = <V>(values: readonly V[]) => [...new Set(values)]

/** In the order of the fields of an event. A field that an event has several times is one, with all of its values. */
export function compared(events: readonly Compared[]): readonly ComparedGroup[] {
  const all = events.map(({ Event, Record }) => fieldsOf(Event, Record))
  return unique(all.flatMap((groups) => groups.map(({ title }) => title))).map((title) => {
    const each = all.map((groups) => groups.find((group) => group.title === title)?.fields ?? [])
    const fields = unique(each.flatMap((fields) => fields.map(({ label }) => label))).map((label) => {
      const values = each.map((fields) => {
        const said = fields.filter((field) => field.label === label).map(({ value }) => value)
        return said.length === 0 ? undefined : said.join(', ')
      })
      return { label, values, differs: unique(values).length > 1 }
    })
    return { title, fields }
  })
}

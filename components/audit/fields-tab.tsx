'use client'

import { Ellipsis } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { type EventField, fieldsOf, termOf } from './event-fields.ts'
import type { EventDetail } from './events-query.ts'

type Props = { detail: EventDetail; onFilter: (term: string) => void }

function FieldMenu({ label, value, filter, onFilter }: EventField & Pick<Props, 'onFilter'>) {
  const { copy } = useCopy()
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`${label}: actions`}
          className="-my-1 size-6 text-text3 hover:text-ink"
        >
          <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      {filter && (
        <MenuItem onSelect={() => onFilter(termOf(filter, value, false))}>Only events like this</MenuItem>
      )}
      {filter && (
        <MenuItem onSelect={() => onFilter(termOf(filter, value, true))}>Leave such events out</MenuItem>
      )}
      <MenuItem onSelect={() => copy(value)}>Copy value</MenuItem>
    </Menu>
  )
}

/** Everything known of the event, field by field; each filters the list in or out, or is copied. */
export function FieldsTab({ detail, onFilter }: Props) {
  return (
    <div className="space-y-4">
      {fieldsOf(detail.Event, detail.Record).map((group) => (
        <section key={group.title}>
          <h3 className="border-b border-line pb-1 text-label font-medium text-text2">{group.title}</h3>
          <dl>
            {group.fields.map((field) => (
              <div
                key={`${field.label} ${field.value}`}
                className="grid grid-cols-[128px_minmax(0,1fr)] gap-x-2 border-b border-line py-1.5"
              >
                <dt className="break-words text-table text-text2">{field.label}</dt>
                <dd className="flex items-start justify-between gap-1">
                  <span
                    className={cn(
                      'min-w-0 break-words text-table',
                      field.mono && 'break-all font-mono text-mono',
                    )}
                  >
                    {field.value}
                  </span>
                  <FieldMenu {...field} onFilter={onFilter} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

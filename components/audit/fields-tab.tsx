'use client'

import { Ellipsis } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { type EventField, fieldsOf } from './event-fields.ts'
import type { EventDetail } from './events-query.ts'
import { actorValue, type Standing, termText } from './facet-terms.ts'

type Props = { account: string; detail: EventDetail; onFilter: (term: string, standing: Standing) => void }

function FieldMenu({ account, label, value, filter, onFilter }: EventField & Omit<Props, 'detail'>) {
  const { copy } = useCopy()
  const term = filter && termText(filter, filter === 'actor' ? actorValue(value, account) : value)
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
      {term && <MenuItem onSelect={() => onFilter(term, 'only')}>Only events like this</MenuItem>}
      {term && <MenuItem onSelect={() => onFilter(term, 'without')}>Leave such events out</MenuItem>}
      <MenuItem onSelect={() => copy(value)}>Copy value</MenuItem>
    </Menu>
  )
}

/** Everything known of the event, field by field; each filters the list in or out, or is copied. */
export function FieldsTab({ account, detail, onFilter }: Props) {
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
                  <FieldMenu {...field} account={account} onFilter={onFilter} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

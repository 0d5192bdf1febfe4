'use client'

import { Button } from '#components/ui/button.tsx'
import { CloseIcon } from '#components/ui/close-icon.tsx'
import { FieldError, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { count } from '#lib/console/format.ts'
import { MOST_TAGS, type TagFault, tagFaults } from './tag-faults.ts'

type Tag = { readonly key: string; readonly value: string }

/** Tags as rows of key and value. */
export function TagFields({ tags, onChange }: { tags: readonly Tag[]; onChange: (tags: Tag[]) => void }) {
  const faults = tagFaults(tags)
  const full = tags.length >= MOST_TAGS
  const change = (index: number, change: Partial<Tag>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...change } : tag)))
  return (
    <FieldGroup
      legend="Tags"
      help="Words that policies and cost reports can go by. Optional; a value may stay empty."
    >
      <ul className="space-y-2">
        {tags.map((tag, index) => (
          <TagRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and are only added at the end
            key={index}
            number={index + 1}
            tag={tag}
            fault={faults[index]}
            onChange={(part) => change(index, part)}
            onRemove={() => onChange(tags.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <Button
          reason={full ? `A key has at most ${MOST_TAGS} tags. Remove one first.` : undefined}
          onClick={() => onChange([...tags, { key: '', value: '' }])}
        >
          Add tag
        </Button>
        {tags.length > 0 && (
          <span className="text-table text-text2">{count(MOST_TAGS - tags.length, 'more tag')} possible</span>
        )}
      </div>
    </FieldGroup>
  )
}

type TagRowProps = {
  number: number
  tag: Tag
  fault: TagFault | undefined
  onChange: (part: Partial<Tag>) => void
  onRemove: () => void
}

function TagRow({ number, tag, fault, onChange, onRemove }: TagRowProps) {
  const errorId = `tag-${number}-error`
  const told = (at: TagFault['at']) =>
    fault?.at === at ? { 'aria-invalid': true as const, 'aria-describedby': errorId } : {}
  return (
    <li>
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <label htmlFor={`tag-${number}-key`} className="text-label font-medium text-text2">
            Key<span className="sr-only"> of tag {number}</span>
          </label>
          <Input
            {...told('key')}
            id={`tag-${number}-key`}
            autoFocus={tag.key === '' && tag.value === ''}
            autoComplete="off"
            value={tag.key}
            onChange={(event) => onChange({ key: event.target.value })}
          />
        </div>
        <div className="min-w-0 grow">
          <label htmlFor={`tag-${number}-value`} className="text-label font-medium text-text2">
            Value<span className="sr-only"> of tag {number}</span>
          </label>
          <Input
            {...told('value')}
            id={`tag-${number}-value`}
            autoComplete="off"
            value={tag.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
        </div>
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Remove tag ${number}`}
          className="mb-0.5 text-text3"
          onClick={onRemove}
        >
          <CloseIcon />
        </Button>
      </div>
      {fault && <FieldError id={errorId}>{fault.message}</FieldError>}
    </li>
  )
}

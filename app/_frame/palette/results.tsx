'use client'

import { KeyGlyph } from '#components/key-glyph.tsx'
import { cn } from '#components/ui/class-names.ts'
import type { Item, ItemGroup } from './items.ts'

type ResultsProps = {
  id: string
  groups: readonly ItemGroup[]
  /** The place of the active item among those of all groups. */
  active: number
  onChoose: (item: Item) => void
}

/** The list under the palette's input. Focus stays in the input; the active option is told by aria-activedescendant. */
export function Results({ id, groups, active, onChoose }: ResultsProps) {
  let place = -1
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Results"
      className={cn('min-h-0 overflow-y-auto pb-2', groups.length === 0 && 'hidden')}
    >
      {groups.map(({ name, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
          <p id={`${id}-${name}`} className="px-4 pt-2 pb-1 text-label font-medium text-text2">
            {name}
          </p>
          {items.map((item) => {
            place += 1
            const at = place
            return (
              <Option
                key={`${item.label} ${item.href} ${item.detail}`}
                id={`${id}-${at}`}
                item={item}
                active={at === active}
                onChoose={onChoose}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

type OptionProps = { id: string; item: Item; active: boolean; onChoose: (item: Item) => void }

function Option({ id, item, active, onChoose }: OptionProps) {
  const { label, detail, keyId, reason } = item
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={reason ? true : undefined}
      className={cn(
        'mx-2 flex min-h-8 cursor-default flex-wrap items-center gap-x-2 rounded-control px-2 py-1 text-table hover:bg-hover max-md:min-h-11',
        active && 'bg-selected outline-2 -outline-offset-2 outline-ink hover:bg-selected',
      )}
      // Before the input loses focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(item)}
    >
      {keyId && <KeyGlyph keyId={keyId} />}
      <span className={cn('min-w-0 break-all', reason && 'text-text3')}>{label}</span>
      {detail && <span className="ms-auto shrink-0 text-label text-text2">{detail}</span>}
      {reason && <span className="w-full text-label text-text2">{reason}</span>}
    </div>
  )
}

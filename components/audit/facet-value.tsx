'use client'

import { Ellipsis } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { formatNumber } from '#lib/console/format.ts'
import type { Standing } from './facet-terms.ts'

type Props = {
  /** "Principal". */
  facet: string
  words: string
  count: number
  exact: boolean
  standing: Standing
  onStanding: (standing: Standing) => void
}

/** A value with its count. Checked: only such events; struck: all but such. With Alt or Ctrl it is left out at once. */
export function FacetValue({ facet, words, count, exact, standing, onStanding }: Props) {
  const approximate = `${exact ? '' : '≈'}${formatNumber(count)}`
  return (
    <li className="flex min-h-6 items-center gap-1 text-table max-md:min-h-11">
      <label className="flex min-h-6 min-w-0 grow items-center gap-2">
        <input
          type="checkbox"
          checked={standing === 'only'}
          aria-label={`${facet} ${words}, ${exact ? '' : 'about '}${count} events${standing === 'without' ? ', left out' : ''}`}
          className="size-4 shrink-0 accent-ink"
          onChange={({ nativeEvent: press }) => {
            // React tells of a check box what its click told.
            const out = press instanceof MouseEvent && (press.altKey || press.ctrlKey || press.metaKey)
            const asked = out ? 'without' : 'only'
            onStanding(standing === asked ? 'unsaid' : asked)
          }}
        />
        <span
          title={words}
          className={cn('min-w-0 grow truncate', standing === 'without' && 'text-text3 line-through')}
        >
          {words}
        </span>
        <span className="shrink-0 text-text2 tabular-nums">{approximate}</span>
      </label>
      <Menu
        trigger={
          <Button
            variant="quiet"
            size="icon"
            aria-label={`${facet} ${words}: actions`}
            className="-me-1.5 size-6 text-text3 hover:text-ink"
          >
            <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
          </Button>
        }
      >
        {standing !== 'only' && (
          <MenuItem onSelect={() => onStanding('only')}>Only events like this</MenuItem>
        )}
        {standing !== 'without' && (
          <MenuItem onSelect={() => onStanding('without')}>Leave such events out</MenuItem>
        )}
        {standing !== 'unsaid' && (
          <MenuItem onSelect={() => onStanding('unsaid')}>Take it out of the filter</MenuItem>
        )}
      </Menu>
    </li>
  )
}

import type { ReactNode } from 'react'
import type { KeyState } from '#lib/domain/key-state.ts'
import { cn } from './ui/class-names.ts'

export type ShownState = KeyState | 'Deleted'

const HOURGLASS = (
  <path
    fill="currentColor"
    fillRule="evenodd"
    d="M2.500 1h7v1.700h-.8c0 1.500-.7 2.300-1.700 3.300 1 1 1.700 1.800 1.700 3.300h.8V11h-7V9.300h.8c0-1.500.7-2.300 1.700-3.300-1-1-1.700-1.800-1.700-3.300h-.8V1Zm2.300 1.700h2.400c0 .6-.5 1.100-1.200 1.900-.7-.8-1.200-1.300-1.200-1.900Zm1.200 4.700c-.7.8-1.200 1.300-1.200 1.900h2.400c0-.6-.5-1.100-1.200-1.900Z"
  />
)
const QUARTER_ARC = (
  <g className="turning" fill="none" stroke="currentColor" strokeWidth="1.6">
    <path d="M6 1.300A4.700 4.700 0 0 1 10.700 6" />
    <circle cx="6" cy="6" r="4.700" opacity="0.28" />
  </g>
)

const SHAPES: Record<ShownState, ReactNode> = {
  Enabled: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  Disabled: (
    <g fill="none" stroke="currentColor" strokeWidth="1.500">
      <circle cx="6" cy="6" r="4.700" />
      <path d="m2.900 9.100 6.200-6.200" />
    </g>
  ),
  PendingDeletion: HOURGLASS,
  PendingReplicaDeletion: (
    <g transform="translate(-2 0)">
      {HOURGLASS}
      <g fill="currentColor">
        <circle cx="12.200" cy="4" r="1.300" />
        <circle cx="12.200" cy="8" r="1.300" />
      </g>
    </g>
  ),
  PendingImport: (
    <g fill="none" stroke="currentColor" strokeWidth="1.500">
      <path d="M6 .8v5.700M3.600 4.200 6 6.600l2.400-2.400M1 7.800v2.700h10V7.800" />
    </g>
  ),
  Unavailable: (
    <g fill="currentColor">
      <path d="M0 5.300h2V3.500l3 1.800v1.400L2 8.500V6.700H0ZM12 5.300h-2V3.500L7 5.300v1.400l3 1.800V6.700h2Z" />
    </g>
  ),
  Creating: QUARTER_ARC,
  Updating: QUARTER_ARC,
  Deleted: (
    <g fill="none" stroke="currentColor" strokeWidth="1.500">
      <circle cx="6" cy="6" r="3.200" fill="currentColor" stroke="none" />
      <path d="M0 6h12" />
    </g>
  ),
}

const SHAPE_COLOUR: Record<ShownState, string> = {
  Enabled: 'text-verdigris',
  Disabled: 'text-text3',
  PendingDeletion: 'text-vermilion',
  PendingReplicaDeletion: 'text-vermilion',
  PendingImport: 'text-brass',
  Unavailable: 'text-brass',
  Creating: 'text-ink',
  Updating: 'text-ink',
  Deleted: 'text-text3',
}

const WORDS: Record<ShownState, string> = {
  Enabled: 'Enabled',
  Disabled: 'Disabled',
  PendingDeletion: 'Pending deletion',
  PendingReplicaDeletion: 'Waiting for replicas',
  PendingImport: 'Pending import',
  Unavailable: 'Unavailable',
  Creating: 'Creating…',
  Updating: 'Updating…',
  Deleted: 'Deleted',
}

// Normal is quiet: only states that someone must look at colour their words.
const WORD_COLOUR: Partial<Record<ShownState, string>> = {
  Disabled: 'text-text3',
  PendingDeletion: 'text-vermilion',
  PendingReplicaDeletion: 'text-vermilion',
  PendingImport: 'text-brass',
  Unavailable: 'text-brass',
  Deleted: 'text-text3',
}

/** A key's state: a 12 px shape and words, no pill. `fact` follows a middle dot: "12 d left". */
export function StateBadge({
  state,
  fact,
  replicas,
  className,
}: {
  state: ShownState
  fact?: string
  /** How many replicas a primary waits for, where that is known. */
  replicas?: number
  className?: string
}) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        WORD_COLOUR[state] ?? 'text-text',
        className,
      )}
    >
      <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('mark size-3 shrink-0', SHAPE_COLOUR[state])}>
        {SHAPES[state]}
      </svg>
      <span>
        {state === 'PendingReplicaDeletion' && replicas
          ? `Waiting for ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`
          : WORDS[state]}
        {fact && ` · ${fact}`}
      </span>
    </span>
  )
}

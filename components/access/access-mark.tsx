import { cn } from '#components/ui/class-names.ts'
import type { AccessMark as Mark } from '#lib/domain/access.ts'

const COLOUR: Readonly<Record<Mark, string>> = {
  allowed: 'text-text2',
  conditional: 'text-text2',
  grant: 'text-text2',
  denied: 'text-vermilion',
  none: 'text-text3',
}

const frame = (
  <rect x="1.500" y="1.500" width="9" height="9" fill="none" stroke="currentColor" strokeWidth="1.200" />
)
const filled = <rect x="1" y="1" width="10" height="10" fill="currentColor" />

const SHAPES: Readonly<Record<Mark, React.ReactNode>> = {
  allowed: filled,
  conditional: (
    <>
      {frame}
      <path d="M1.500 10.500V1.500l9 9Z" fill="currentColor" />
    </>
  ),
  grant: (
    <>
      {filled}
      <circle cx="6" cy="6" r="2" fill="var(--canvas)" />
    </>
  ),
  denied: (
    <>
      {frame}
      <path d="m1.500 10.500 9-9" stroke="currentColor" strokeWidth="1.500" />
    </>
  ),
  none: frame,
}

/** A permission square: shape first, colour second. Words beside it say the same. */
export const AccessMark = ({ mark, className }: { mark: Mark; className?: string }) => (
  <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('mark size-3 shrink-0', COLOUR[mark], className)}>
    {SHAPES[mark]}
  </svg>
)

const LEGEND: readonly (readonly [Mark, string])[] = [
  ['allowed', 'Allowed'],
  ['conditional', 'Under conditions'],
  ['grant', 'Through a grant'],
  ['denied', 'Explicitly denied'],
  ['none', 'Not allowed'],
]

/** What the squares mean, and the dash where last use is shown. */
export const MarkLegend = ({ showUse = false }: { showUse?: boolean }) => (
  <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-label text-text2">
    {LEGEND.map(([mark, words]) => (
      <li key={mark} className="inline-flex items-center gap-1.5">
        <AccessMark mark={mark} />
        {words}
      </li>
    ))}
    {showUse && <li>– Not in 90 days</li>}
  </ul>
)

import type { FindingSeverity } from '#lib/domain/access.ts'
import { cn } from '../ui/class-names.ts'

const SHAPES: Readonly<Record<FindingSeverity, { readonly path: string; readonly colour: string }>> = {
  error: { path: 'M2 2h8v8H2Z', colour: 'text-vermilion' },
  'security-warning': { path: 'M6 1 11 3v3c0 3-2.500 4.500-5 5-2.500-.500-5-2-5-5V3Z', colour: 'text-brass' },
  warning: { path: 'M6 1.500 11 10.500H1Z', colour: 'text-brass' },
  suggestion: {
    path: 'M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0 1.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z',
    colour: 'text-text3',
  },
}

export const SEVERITY_COLOUR = (severity: FindingSeverity) => SHAPES[severity].colour

/** The shape of a severity, the same in lists, outlines and the editor's margin. Words beside it say the same. */
export const SeverityMark = ({ severity, className }: { severity: FindingSeverity; className?: string }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 12 12"
    className={cn('mark size-3 shrink-0', SHAPES[severity].colour, className)}
  >
    <path d={SHAPES[severity].path} fill="currentColor" />
  </svg>
)

import { cn } from './class-names.ts'

/** A bar where a word will be. Nothing shows for the first 150 ms. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={cn('late block h-3 rounded-chip bg-line', className)} />
)

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-4/5', 'w-1/3']

/** Rows of true height for a table that is on its way; its real head stands above. */
export function SkeletonRows({ columns, rows = 8 }: { columns: number; rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr
      // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
      key={row}
      aria-hidden="true"
      className="h-(--row-height) border-b border-line max-md:flex max-md:h-14 max-md:items-center"
    >
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells without identity
        <td key={column} className="px-2 max-md:not-first:hidden max-md:w-full max-md:px-0">
          <Skeleton className={WIDTHS[(row * 2 + column) % WIDTHS.length]} />
        </td>
      ))}
    </tr>
  ))
}

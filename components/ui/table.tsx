import type { ComponentProps, CSSProperties, ReactNode } from 'react'
import { cn } from './class-names.ts'

/**
 * A real table. Below 768 px each row becomes two lines: the row header and one cell on the first, two facts on the
 * second. Roles are written out because a browser forgets them when a row is laid out as a grid.
 */
const AS = {
  table: 'table',
  group: 'rowgroup',
  row: 'row',
  columnHeader: 'columnheader',
  rowHeader: 'rowheader',
  cell: 'cell',
} as const

export type Density = 'comfortable' | 'compact'
const ROW_HEIGHT: Record<Density, string> = { comfortable: '34px', compact: '28px' }

type TableProps = ComponentProps<'table'> & {
  /** Names the table and its scroll region. */
  caption: string
  density?: Density
  /** All rows of the filter, header included; -1 when unknown. Only for virtual tables. */
  rowCount?: number
  busy?: boolean
  scrollRef?: React.Ref<HTMLDivElement>
  scrollClassName?: string
}

export function Table({
  caption,
  density = 'comfortable',
  rowCount,
  busy,
  scrollRef,
  scrollClassName,
  className,
  children,
  ...rest
}: TableProps) {
  const style: CSSProperties & Record<'--row-height', string> = { '--row-height': ROW_HEIGHT[density] }
  return (
    <section
      ref={scrollRef}
      aria-label={caption}
      aria-busy={busy || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      style={style}
      className={cn('relative overflow-x-auto -outline-offset-2', scrollClassName)}
    >
      {busy && <div className="progress-line late absolute inset-x-0 top-(--row-height) z-10 h-0.5" />}
      <table
        role={AS.table}
        {...rest}
        aria-rowcount={rowCount}
        className={cn('w-full border-collapse text-table max-md:block', busy && 'opacity-60', className)}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  )
}

export function TableHead({ children, sticky }: { children: ReactNode; sticky?: boolean }) {
  return (
    <thead
      role={AS.group}
      className={cn(
        'max-md:sr-only',
        sticky && 'sticky top-0 z-10 bg-canvas shadow-[0_1px_0_var(--line-strong)]',
      )}
    >
      <tr role={AS.row} aria-rowindex={1} className="h-(--row-height) border-b border-line-strong">
        {children}
      </tr>
    </thead>
  )
}

export const TableBody = ({ className, ...rest }: ComponentProps<'tbody'>) => (
  <tbody role={AS.group} {...rest} className={cn('max-md:block', className)} />
)

export type Sorting = {
  readonly direction: 'ascending' | 'descending' | undefined
  readonly onSort: () => void
}

/** A column's head. `from` leaves the column out below that width. */
export function HeaderCell({
  children,
  sort,
  from,
  className,
  ...rest
}: ComponentProps<'th'> & { sort?: Sorting; from?: From }) {
  return (
    <th
      role={AS.columnHeader}
      scope="col"
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
      {...rest}
      className={cn(
        'whitespace-nowrap px-2 text-start text-label font-medium text-text2 first:ps-2',
        from && FROM[from],
        className,
      )}
    >
      {sort ? <SortButton sort={sort}>{children}</SortButton> : children}
    </th>
  )
}

function SortButton({ sort, children }: { sort: Sorting; children: ReactNode }) {
  const arrow = sort.direction === 'ascending' ? '↑' : sort.direction === 'descending' ? '↓' : ''
  return (
    <button
      type="button"
      className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-chip px-1 font-medium hover:text-text"
      onClick={sort.onSort}
    >
      {children}
      <span aria-hidden="true" className="w-2">
        {arrow}
      </span>
    </button>
  )
}

type RowProps = ComponentProps<'tr'> & { selected?: boolean; index?: number }

/** `index` is the row's place in the whole list, from 0; the header is row 1 to screen readers. */
export function TableRow({ selected, index, className, ...rest }: RowProps) {
  return (
    <tr
      role={AS.row}
      aria-rowindex={index === undefined ? undefined : index + 2}
      {...rest}
      className={cn(
        'group/row h-(--row-height) border-b border-line hover:bg-hover',
        'max-md:grid max-md:h-auto max-md:min-h-11 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:py-1.5',
        selected && 'bg-selected hover:bg-selected',
        className,
      )}
    />
  )
}

/** A cell's place below 768 px: `end` on the first line, `fact` and `fact-end` on the second, `none` left out, `whole` a line of its own. */
export type Narrow = 'end' | 'fact' | 'fact-end' | 'none' | 'whole'
export type From = 'lg' | 'xl' | '2xl'

const NARROW: Record<Narrow, string> = {
  end: 'max-md:row-start-1 max-md:text-end',
  fact: 'max-md:text-label max-md:text-text2',
  'fact-end': 'max-md:text-end max-md:text-label max-md:text-text2',
  none: 'max-md:hidden',
  whole: 'max-md:col-span-2',
}
const FROM: Record<From, string> = { lg: 'max-lg:hidden', xl: 'max-xl:hidden', '2xl': 'max-2xl:hidden' }

export function RowHeader({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      role={AS.rowHeader}
      scope="row"
      {...rest}
      className={cn(
        'px-2 text-start font-medium max-md:col-start-1 max-md:row-start-1 max-md:px-0 max-md:text-body',
        className,
      )}
    />
  )
}

export function Cell({
  narrow = 'none',
  from,
  className,
  ...rest
}: ComponentProps<'td'> & { narrow?: Narrow; from?: From }) {
  return (
    <td
      role={AS.cell}
      {...rest}
      className={cn('whitespace-nowrap px-2 max-md:px-0', NARROW[narrow], from && FROM[from], className)}
    />
  )
}

/** 301–340 of 12,408: always of the current filter. */
export const TableFoot = ({ children }: { children: ReactNode }) => (
  <p className="flex min-h-8 flex-wrap items-center justify-between gap-3 pt-1 text-label text-text3">
    {children}
  </p>
)

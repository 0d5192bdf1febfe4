import { ColumnsDialog } from '#components/columns/columns-dialog.tsx'
import { COLUMNS, type Column, columnOf } from './columns.tsx'
import type { ListedKey } from './key-search.ts'
import type { TableView } from './use-table-view.ts'

type KeyColumnsProps = {
  view: TableView
  keys: readonly ListedKey[]
  open: boolean
  onOpenChange: (open: boolean) => void
}

const MOST_TAGS = 12

/** What is not shown: the other columns, and a column for each tag that the loaded keys have. */
function hiddenColumns({ columns }: TableView, keys: readonly ListedKey[]): readonly Column[] {
  const shown = new Set(columns.map(({ id }) => id))
  const tags = new Set(keys.flatMap((key) => key.tags.map((tag) => `tag:${tag.key}`)))
  const hidden = [...tags].filter((id) => !shown.has(id)).toSorted()
  return [
    ...COLUMNS.filter(({ id }) => !shown.has(id)),
    ...hidden.slice(0, MOST_TAGS).flatMap((id) => columnOf(id) ?? []),
  ]
}

/** Which columns the list of keys has, and in which order. */
export const KeyColumns = ({ view, keys, open, onOpenChange }: KeyColumnsProps) => (
  <ColumnsDialog
    columns={view.columns}
    hidden={hiddenColumns(view, keys)}
    show={view.show}
    move={view.move}
    after="the alias"
    open={open}
    onOpenChange={onOpenChange}
  />
)

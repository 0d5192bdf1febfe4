import type { ReactNode } from 'react'
import { deletionFact, ORIGIN_WORDS, rotationWords, specWords } from '#components/keys/key-words.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import type { From, Narrow } from '#components/ui/table.tsx'
import { middle, principalLabel } from '#lib/console/format.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import type { KeySort } from '#lib/domain/operations/insight.ts'
import type { ListedKey } from './key-search.ts'

export type Column = {
  readonly id: string
  readonly label: string
  readonly sort?: KeySort
  readonly from?: From
  readonly narrow?: Narrow
  readonly className?: string
  /** Shown until someone says otherwise; `always` cannot be hidden. */
  readonly shown: boolean | 'always'
  readonly cell: (key: ListedKey, now: Date) => ReactNode
}

const date = (at: number | null | undefined) => (at ? <Time at={at} as="date" /> : '—')

function regionality({ multiRegion, primaryRegion, arn }: ListedKey): string {
  if (!multiRegion) return 'Single-Region'
  return arn.split(':')[3] === primaryRegion ? 'Multi-Region primary' : 'Multi-Region replica'
}

const lastUsed = ({ lastUse }: ListedKey) =>
  lastUse ? (
    <>
      <span className="md:hidden">Used </span>
      <Time at={lastUse.ts} />
    </>
  ) : (
    <span className="text-text3">
      Never<span className="md:hidden"> used</span>
    </span>
  )

/** What a list of keys can tell, beside the alias. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'keyId',
    label: 'Key ID',
    from: 'lg',
    shown: true,
    className: 'text-text2',
    cell: ({ id }) => <Identifier value={id} short={middle(id)} name="key ID" copy={false} />,
  },
  {
    id: 'state',
    label: 'State',
    sort: 'state',
    narrow: 'end',
    shown: 'always',
    cell: ({ state, deletionDate }, now) => (
      <StateBadge
        state={state}
        fact={state === 'PendingDeletion' ? deletionFact(deletionDate, now) : undefined}
      />
    ),
  },
  { id: 'spec', label: 'Spec', from: 'lg', shown: true, cell: ({ spec }) => specWords(spec) },
  {
    id: 'usage',
    label: 'Usage',
    from: 'xl',
    shown: true,
    className: 'text-text2',
    cell: ({ usage }) => USAGE_LABEL[usage],
  },
  { id: 'lastUsed', label: 'Last used', sort: 'lastUsed', narrow: 'fact', shown: true, cell: lastUsed },
  {
    id: 'by',
    label: 'By',
    from: 'xl',
    shown: true,
    className: 'max-w-40 truncate text-text2',
    cell: ({ lastUse }) => (lastUse ? principalLabel(lastUse.actor).replace(/^user\//, '') : '—'),
  },
  {
    id: 'nextRotation',
    label: 'Next rotation',
    sort: 'nextRotation',
    from: 'lg',
    shown: true,
    cell: (key, now) => {
      const words = rotationWords(key, now)
      return words.startsWith('In') ? words : <span className="text-text2">{words}</span>
    },
  },
  { id: 'origin', label: 'Origin', from: 'lg', shown: false, cell: ({ origin }) => ORIGIN_WORDS[origin] },
  { id: 'regionality', label: 'Regionality', from: 'lg', shown: false, cell: regionality },
  {
    id: 'materialExpires',
    label: 'Material expires',
    sort: 'materialExpires',
    from: 'lg',
    shown: false,
    cell: ({ imported }) => date(imported?.expires),
  },
  {
    id: 'created',
    label: 'Created',
    sort: 'created',
    from: 'lg',
    shown: false,
    cell: ({ created }) => date(created),
  },
  {
    id: 'deletionDate',
    label: 'Deletion date',
    sort: 'deletionDate',
    from: 'lg',
    shown: false,
    cell: ({ deletionDate }) => date(deletionDate),
  },
  {
    id: 'description',
    label: 'Description',
    from: 'lg',
    shown: false,
    className: 'max-w-64 truncate text-text2',
    cell: ({ description }) => description || '—',
  },
  {
    id: 'tags',
    label: 'Tags',
    from: 'lg',
    shown: false,
    className: 'max-w-64 truncate text-text2',
    cell: ({ tags }) => tags.map(({ key, value }) => (value ? `${key}=${value}` : key)).join(', ') || '—',
  },
  {
    id: 'arn',
    label: 'ARN',
    from: 'lg',
    shown: false,
    className: 'text-text2',
    cell: ({ arn }) => <Identifier value={arn} name="ARN" copy={false} className="[&>span]:break-normal" />,
  },
]

/** One tag as a column: it is called as filters call it. */
const tagColumn = (tag: string): Column => ({
  id: `tag:${tag}`,
  label: `tag:${tag}`,
  from: 'lg',
  shown: false,
  className: 'max-w-48 truncate text-text2',
  cell: ({ tags }) => {
    const found = tags.find(({ key }) => key === tag)
    return found ? found.value || <span className="text-text3">Empty</span> : '—'
  },
})

/** The column of an id; undefined for one that this release does not have. */
export const columnOf = (id: string): Column | undefined =>
  /^tag:./.test(id) ? tagColumn(id.slice(4)) : COLUMNS.find((column) => column.id === id)

export const STANDARD_IDS: readonly string[] = COLUMNS.filter(({ shown }) => shown !== false).map(
  ({ id }) => id,
)

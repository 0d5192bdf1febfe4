'use client'

import Link from 'next/link'
import { ExpiryTime } from '#components/keys/expiry-time.tsx'
import { isPending, type Material } from '#components/keys/materials.ts'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

const TYPES: Record<Material['type'], string> = {
  INITIAL: 'Initial',
  AUTOMATIC: 'Automatic',
  ON_DEMAND: 'On-demand',
}
const STATES: Record<Material['state'], string> = {
  CURRENT: 'Current',
  NON_CURRENT: 'Non-current, decrypt only',
  PENDING_ROTATION: 'Pending rotation',
  PENDING_MULTI_REGION_IMPORT_AND_ROTATION: 'Pending import in other Regions',
}

type MaterialTableProps = {
  scope: Scope
  keyId: string
  /** Newest first. */
  materials: readonly Material[]
  /** By material, of the last 30 days; none where they may not be read. */
  decrypts?: ReadonlyMap<string, number> | undefined
  /** Imported material has bytes that come, expire and go. */
  imported: boolean
}

/** Every material of a key, newest first. */
export function MaterialTable({ scope, keyId, materials, decrypts, imported }: MaterialTableProps) {
  const labels = [
    'Material ID',
    'State',
    'Type',
    'Became current',
    ...(decrypts ? ['Decrypts, 30 days'] : []),
    ...(imported ? ['Import state', 'Expires', 'Description'] : []),
  ]
  return (
    <Table caption="Key materials">
      <TableHead>
        {labels.map((label) => (
          <HeaderCell key={label}>{label}</HeaderCell>
        ))}
        {imported && (
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        )}
      </TableHead>
      <TableBody>
        {materials.map((material) => (
          <TableRow key={material.id}>
            <RowHeader>
              <Identifier
                value={material.id}
                // As the strip above names it.
                short={`${material.id.slice(0, 8)}…${material.id.slice(-4)}`}
                name="key material ID"
                className="font-normal"
              />
            </RowHeader>
            <Cell narrow="end" className={material.state === 'CURRENT' ? '' : 'text-text2'}>
              {STATES[material.state]}
            </Cell>
            <Cell narrow="fact">{isPending(material) ? '—' : TYPES[material.type]}</Cell>
            <Cell narrow="fact">
              {material.from === undefined ? 'Not yet' : <Time at={material.from} as="moment" />}
            </Cell>
            {decrypts && (
              <Cell narrow="fact">
                {formatNumber(decrypts.get(material.id) ?? 0)}
                <span className="md:hidden"> decrypts in 30 days</span>
              </Cell>
            )}
            {imported && <ImportCells scope={scope} keyId={keyId} material={material} />}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function ImportCells({ scope, keyId, material }: { scope: Scope; keyId: string; material: Material }) {
  const here = material.importState === 'IMPORTED'
  const which = { material: material.id }
  const spoken = <span className="sr-only"> {material.id.slice(0, 8)}</span>
  return (
    <>
      <Cell narrow="fact" className={here ? '' : 'text-brass'}>
        {here ? 'Imported' : 'Pending import'}
      </Cell>
      <Cell narrow="fact">
        {here ? <ExpiryTime at={material.expires} /> : <span className="text-text3">—</span>}
      </Cell>
      <Cell narrow="whole" className="max-w-48 truncate text-text2 max-md:text-label">
        {material.description ?? <span className="max-md:hidden">—</span>}
      </Cell>
      <Cell narrow="whole" className="md:text-end">
        <Link
          className="link inline-block min-h-6 py-0.5"
          href={paths.importMaterial(scope, keyId, 'wrap', which)}
        >
          {here ? 'Reimport' : 'Import again'}
          {spoken}
        </Link>
        {here && (
          <Link
            className="link ms-3 inline-block min-h-6 py-0.5"
            href={paths.deleteMaterial(scope, keyId, which)}
          >
            Delete material{spoken}
          </Link>
        )}
      </Cell>
    </>
  )
}

'use client'

import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'

export type Material = {
  readonly id: string
  readonly current: boolean
  readonly type: 'INITIAL' | 'AUTOMATIC' | 'ON_DEMAND'
  /** Epoch seconds when it became current. */
  readonly from: number
}

const TYPES: Record<Material['type'], string> = {
  INITIAL: 'Initial',
  AUTOMATIC: 'Automatic',
  ON_DEMAND: 'On-demand',
}

/** Every material of a key, newest first. */
export function MaterialTable({ materials }: { materials: readonly Material[] }) {
  return (
    <Table caption="Key materials">
      <TableHead>
        {['Material ID', 'State', 'Type', 'Became current'].map((label) => (
          <HeaderCell key={label}>{label}</HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {materials.map((material) => (
          <TableRow key={material.id}>
            <RowHeader>
              <Identifier
                value={material.id}
                short={`${material.id.slice(0, 16)}…${material.id.slice(-4)}`}
                name="key material ID"
                className="font-normal"
              />
            </RowHeader>
            <Cell narrow="end" className={material.current ? '' : 'text-text2'}>
              {material.current ? 'Current' : 'Non-current, decrypt only'}
            </Cell>
            <Cell narrow="fact">{TYPES[material.type]}</Cell>
            <Cell narrow="fact">
              <Time at={material.from} as="moment" />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

'use client'

import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { KeyName } from '#components/key-name.tsx'
import { keyTitle, specWords } from '#components/keys/key-words.ts'
import { dueGroup, neverReason } from '#components/keys/rotation-due.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { middle } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { ListedKey } from '../keys/key-search.ts'
import type { RowPlace } from '../keys/listed-rows.tsx'

type Props = { scope: Scope; listed: ListedKey; place: RowPlace; onTurnOn: (key: ListedKey) => void }

export function RotationRow({ scope, listed, place, onTurnOn }: Props) {
  const { id, aliases, state, spec, lastUse } = listed
  return (
    <TableRow ref={place.measure} index={place.index} data-index={place.index}>
      <RowHeader className="md:w-[26%] md:max-w-0">
        <KeyName
          keyId={id}
          alias={aliases[0]}
          more={Math.max(0, aliases.length - 1)}
          href={paths.key(scope, id, 'material')}
        />
      </RowHeader>
      <Cell from="lg" className="text-text2">
        <Identifier value={id} short={middle(id)} name="key ID" copy={false} />
      </Cell>
      <Cell narrow="end">
        <StateBadge state={state} />
      </Cell>
      <Cell narrow="fact">
        <Due scope={scope} listed={listed} />
      </Cell>
      <Cell from="lg">{specWords(spec)}</Cell>
      <Cell from="lg" className="text-text2">
        {lastUse ? <Time at={lastUse.ts} /> : 'Never'}
      </Cell>
      <Cell narrow="fact-end" className="md:text-end">
        <RowAction scope={scope} listed={listed} onTurnOn={onTurnOn} />
      </Cell>
    </TableRow>
  )
}

function Due({ scope, listed }: Pick<Props, 'scope' | 'listed'>) {
  const now = useNow().getTime() / 1000
  const reason = neverReason(listed, scope.region)
  if (reason) return <span className="whitespace-normal text-text2">{reason}</span>
  const { nextRotation, state } = listed
  const group = dueGroup(listed, scope.region, now)
  if (group === 'off' || nextRotation === null) return <span className="text-text2">Off</span>
  if (group === 'overdue')
    return (
      <span className="text-brass">
        Due since <Time at={nextRotation} as="date" />
        {state === 'Disabled' && ', when it is enabled'}
      </span>
    )
  return (
    <>
      <Time at={nextRotation} as="date" /> <Time at={nextRotation} className="text-text2" />
    </>
  )
}

function RowAction({ scope, listed, onTurnOn }: Omit<Props, 'place'>) {
  const { id, aliases, arn, state, rotationEnabled, origin, spec, primaryRegion } = listed
  const name = keyTitle(id, aliases[0])
  const spoken = <span className="sr-only"> {name}</span>
  if (neverReason(listed, scope.region)) {
    if (spec !== 'SYMMETRIC_DEFAULT')
      return (
        <Link className="link" href={paths.key(scope, id, 'aliases')}>
          Aliases{spoken}
        </Link>
      )
    if (origin === 'EXTERNAL')
      return (
        <Link className="link" href={paths.importMaterial(scope, id)}>
          Import{spoken}
        </Link>
      )
    const primary = { account: scope.account, region: primaryRegion ?? scope.region }
    return (
      <Link className="link" href={paths.key(primary, id, 'material')}>
        Open primary{spoken}
      </Link>
    )
  }
  if (rotationEnabled)
    return (
      <Link className="link" href={paths.key(scope, id, 'material')}>
        Change{spoken}
      </Link>
    )
  return (
    <Button
      aria-label={`Turn on rotation of ${name}`}
      reason={stateReason('rotation', state, arn)}
      onClick={() => onTurnOn(listed)}
    >
      Turn on
    </Button>
  )
}

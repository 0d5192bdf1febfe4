'use client'

import { useOfflineReason } from '#components/connection.tsx'
import { KeyName } from '#components/key-name.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { GrantOperation } from '#lib/domain/grant.ts'
import type { Ending } from './end-grant.tsx'
import { GrantMenu } from './grant-menu.tsx'
import {
  accountIn,
  constraintWords,
  granteeOf,
  grantTitle,
  keyIdOf,
  principalWords,
  retiringOf,
  type ShownGrant,
} from './grant-words.ts'

type GrantRowProps = {
  scope: Scope
  grant: ShownGrant
  /** Its place in the whole list. */
  index: number
  withKey: boolean
  /** With a button to retire it, where all are such that one can. */
  retire: boolean
  onOpen: () => void
  onEnd: (ending: Ending) => void
}

const SHOWN = 2

function Operations({ operations }: { operations: readonly GrantOperation[] }) {
  return (
    <span className="flex flex-wrap gap-1 py-1" title={operations.join(', ')}>
      {operations.slice(0, SHOWN).map((name) => (
        <Chip key={name} mono={false}>
          {name}
        </Chip>
      ))}
      {operations.length > SHOWN && (
        <span className="content-center text-text2">
          +{operations.length - SHOWN}
          <span className="sr-only"> more: {operations.slice(SHOWN).join(', ')}</span>
        </span>
      )}
    </span>
  )
}

/** One grant: its name opens the whole of it. */
export function GrantRow({ scope, grant, index, withKey, retire, onOpen, onEnd }: GrantRowProps) {
  const offline = useOfflineReason()
  const keyId = keyIdOf(grant)
  const key = { account: accountIn(grant.KeyId) ?? scope.account, region: scope.region }
  const constraint = constraintWords(grant.Constraints)
  const retiring = retiringOf(grant)
  const who = (principal: string) => principalWords(principal, scope.account)
  return (
    <TableRow index={index}>
      <RowHeader className="max-w-56">
        <button
          type="button"
          className="max-w-full truncate text-start text-ink hover:text-ink-hover hover:underline max-md:min-h-11"
          onClick={onOpen}
        >
          {grant.Name === '' ? (
            <span className="font-mono text-mono">{grantTitle(grant).slice(6)}</span>
          ) : (
            grant.Name
          )}
          {grant.Name === '' && <span className="sr-only">, grant without a name</span>}
        </button>
      </RowHeader>
      {withKey && (
        <Cell narrow="fact" className="max-w-56">
          <KeyName
            keyId={keyId}
            alias={grant.KeyAliases?.[0] ?? `Key ${keyId.slice(0, 8)}`}
            href={paths.key(key, keyId, 'grants')}
            className="align-middle max-md:[&_a]:py-1"
          />
        </Cell>
      )}
      <Cell narrow={withKey ? 'whole' : 'fact'} className="max-w-56 truncate" title={granteeOf(grant)}>
        {who(granteeOf(grant))}
      </Cell>
      <Cell narrow="whole">
        <Operations operations={grant.Operations} />
      </Cell>
      <Cell from="lg" className="max-w-64 truncate" title={constraint}>
        {constraint ?? <span className="text-text3">None</span>}
      </Cell>
      <Cell from="xl" className="max-w-40 truncate text-text2" title={retiring}>
        {retiring === undefined ? <span className="text-text3">None</span> : who(retiring)}
      </Cell>
      <Cell
        from="2xl"
        className="max-w-40 truncate text-text2"
        title={grant.CreatedBy ?? grant.IssuingAccount}
      >
        {grant.CreatedBy ? who(grant.CreatedBy) : (accountIn(grant.IssuingAccount) ?? grant.IssuingAccount)}
      </Cell>
      <Cell from="lg" className="text-text2">
        <Time at={grant.CreationDate} />
      </Cell>
      <Cell narrow="end" className="md:w-0">
        <span className="flex items-center justify-end gap-1">
          {retire && (
            <Button
              variant="quiet"
              aria-label={`Retire ${grantTitle(grant)}`}
              reason={offline}
              onClick={() => onEnd('retire')}
            >
              Retire
            </Button>
          )}
          <GrantMenu grant={grant} onOpen={onOpen} onEnd={onEnd} />
        </span>
      </Cell>
    </TableRow>
  )
}

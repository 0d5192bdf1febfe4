'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { Section } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import type { AliasEntry } from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KeySpecName, KeyUsageName } from '#lib/domain/key-spec.ts'
import { CreateAlias } from '../../../../aliases/create-alias.tsx'
import { DeleteAlias } from '../../../../aliases/delete-alias.tsx'
import { RepointAlias } from '../../../../aliases/repoint-alias.tsx'
import type { DeedTarget } from '../../../key-deeds.tsx'

const MOST_ALIASES = 50

type AliasesProps = {
  scope: Scope
  keyId: string
  spec: KeySpecName
  usage: KeyUsageName
  /** Why nobody can change them, of an AWS managed key. */
  fixed: string | undefined
  target: DeedTarget
  aliases: readonly AliasEntry[]
}

/** The aliases of one key. */
export function Aliases({ scope, keyId, spec, usage, fixed, target, aliases }: AliasesProps) {
  const [asked, setAsked] = useState<{ deed: 'repoint' | 'delete'; alias: string }>()
  const offline = useOfflineReason()
  const close = () => setAsked(undefined)
  return (
    <Section title="Aliases" fact={`${aliases.length} of ${MOST_ALIASES}`}>
      {aliases.length === 0 ? (
        <EmptyState>
          <p>An alias is a name you can repoint. Apps keep the alias while you change the key behind it.</p>
        </EmptyState>
      ) : (
        <Table caption="Aliases of this key">
          <TableHead>
            {['Alias', 'ARN', 'Created', 'Last changed'].map((label) => (
              <HeaderCell key={label} from={label === 'ARN' ? 'lg' : undefined}>
                {label}
              </HeaderCell>
            ))}
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHead>
          <TableBody>
            {aliases.map(({ AliasName: alias, AliasArn, CreationDate, LastUpdatedDate }) => (
              <TableRow key={alias}>
                <RowHeader className="break-all">{alias}</RowHeader>
                <Cell from="lg">
                  <Identifier value={AliasArn} short={`…:${alias}`} name={`ARN of ${alias}`} />
                </Cell>
                <Cell narrow="fact">{CreationDate && <Time at={CreationDate} />}</Cell>
                <Cell>{LastUpdatedDate && <Time at={LastUpdatedDate} />}</Cell>
                <Cell narrow="whole" className="md:w-0">
                  {!fixed && (
                    <span className="flex gap-1 max-md:-ms-2 md:justify-end">
                      <Button
                        variant="quiet"
                        aria-label={`Repoint ${alias}`}
                        reason={offline}
                        onClick={() => setAsked({ deed: 'repoint', alias })}
                      >
                        Repoint
                      </Button>
                      <Button
                        variant="quiet"
                        aria-label={`Delete ${alias}`}
                        reason={offline}
                        onClick={() => setAsked({ deed: 'delete', alias })}
                      >
                        Delete
                      </Button>
                    </span>
                  )}{' '}
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {fixed ? (
        <p className="mt-3 max-w-prose text-table text-text2">{fixed}</p>
      ) : (
        <CreateAlias
          key={aliases.length}
          scope={scope}
          target={target}
          reason={
            aliases.length >= MOST_ALIASES
              ? 'LimitExceededException: this key has 50 aliases already.'
              : (stateReason('alias', target.state, target.arn) ?? offline)
          }
        />
      )}
      {asked?.deed === 'delete' && (
        <DeleteAlias scope={scope} target={target} alias={asked.alias} onClose={close} />
      )}
      {asked?.deed === 'repoint' && (
        <RepointAlias
          scope={scope}
          keyId={keyId}
          spec={spec}
          usage={usage}
          target={target}
          alias={asked.alias}
          onClose={close}
        />
      )}
    </Section>
  )
}

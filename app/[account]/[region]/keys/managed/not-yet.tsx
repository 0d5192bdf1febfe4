'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { type ManagedService, managedAlias, managedDescription } from '#lib/domain/aws-managed.ts'
import { describeAlias } from './actions.ts'

type NotYetProps = { scope: Scope; services: readonly ManagedService[] }

/** Aliases that have no key yet, and the call that makes it: AWS has no other, and so does this. */
export function NotYet({ scope, services }: NotYetProps) {
  const [asked, setAsked] = useState<string>()
  const offline = useOfflineReason()
  const mutation = useAction(describeAlias, {
    account: scope.account,
    done: (_, { alias }) => `${alias} has its key now.`,
    // The key stands in the table above, and what was said above that.
    after: () => scrollTo({ top: 0 }),
  })
  return (
    <>
      <Hint className="mb-2">
        A service’s key is made when somebody first describes its alias, or the service first needs it.
        Describing one here makes its key in {scope.region}; it can’t be deleted.
      </Hint>
      {mutation.refusal && (
        <div className="mb-2">
          <MutationError refusal={mutation.refusal} what="The key was not created." />
        </div>
      )}
      <Table caption="Aliases without a key">
        <TableHead>
          <HeaderCell>Alias</HeaderCell>
          <HeaderCell>What its key is for</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {services.map((service) => {
            const alias = managedAlias(service)
            return (
              <TableRow key={alias}>
                <RowHeader className="break-all font-mono text-mono">{alias}</RowHeader>
                <Cell narrow="whole" className="whitespace-normal text-text2">
                  {managedDescription(service)}
                </Cell>
                <Cell narrow="end" className="text-end md:w-0">
                  <Button
                    variant="quiet"
                    aria-label={`Create by describing ${alias}`}
                    pending={mutation.pending && asked === alias}
                    pendingLabel="Describing…"
                    reason={offline}
                    onClick={() => {
                      setAsked(alias)
                      void mutation.run({ region: scope.region, alias })
                    }}
                  >
                    Create by describing
                  </Button>
                </Cell>
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
    </>
  )
}

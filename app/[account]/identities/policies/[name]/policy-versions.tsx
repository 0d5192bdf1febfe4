'use client'

import { useState } from 'react'
import { ConfirmRequest } from '#app/[account]/identities/_parts/confirm-request.tsx'
import { ListTable } from '#app/[account]/identities/_parts/list-table.tsx'
import { RowMenu } from '#app/[account]/identities/_parts/row-menu.tsx'
import { Section } from '#components/page-header.tsx'
import { PolicyDiff } from '#components/policy/policy-diff.tsx'
import { Time } from '#components/time.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { MenuItem, MenuRule } from '#components/ui/menu.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { Version } from '../load-policy.ts'

type Deed = 'compare' | 'set' | 'delete'
type PolicyVersionsProps = { scope: Scope; name: string; arn: string; versions: readonly Version[] }

/** The versions of a managed policy: five at most, one in force. */
export function PolicyVersions({ scope, name, arn, versions }: PolicyVersionsProps) {
  const [asked, setAsked] = useState<{ deed: Deed; version: Version }>()
  const inForce = versions.find((version) => version.inForce)
  const close = () => setAsked(undefined)
  const input = { PolicyArn: arn, VersionId: asked?.version.id ?? '' }
  return (
    <Section title="Versions" fact={`${versions.length} of 5`}>
      <ListTable
        caption={`Versions of ${name}`}
        head="Version"
        rows={versions}
        nameOf={({ id }) => id}
        columns={[
          { head: 'State', narrow: 'end', cell: (version) => (version.inForce ? 'In force' : 'Kept') },
          { head: 'Created', narrow: 'fact', cell: ({ createdAt }) => <Time at={createdAt} /> },
        ]}
        menu={(version) => (
          <RowMenu name={version.id}>
            <MenuItem
              {...(version.inForce && { reason: 'This version is in force.' })}
              onSelect={() => setAsked({ deed: 'compare', version })}
            >
              Compare with what is in force
            </MenuItem>
            <MenuItem
              {...(version.inForce && { reason: 'This version is in force.' })}
              onSelect={() => setAsked({ deed: 'set', version })}
            >
              Put in force
            </MenuItem>
            <MenuRule />
            <MenuItem
              danger
              {...(version.inForce && { reason: 'The version in force can’t be deleted.' })}
              onSelect={() => setAsked({ deed: 'delete', version })}
            >
              Delete
            </MenuItem>
          </RowMenu>
        )}
      />
      {asked?.deed === 'compare' && (
        <Dialog
          open
          wide
          onOpenChange={(open) => !open && close()}
          title={`${asked.version.id} and ${inForce?.id ?? 'what is in force'}`}
        >
          <PolicyDiff
            before={inForce?.text ?? ''}
            after={asked.version.text}
            beforeName={inForce?.id ?? 'in force'}
            afterName={asked.version.id}
            label={`What ${asked.version.id} has otherwise`}
          />
        </Dialog>
      )}
      {asked?.deed === 'set' && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'SetDefaultPolicyVersion', input }}
          title={`Put ${asked.version.id} of ${name} in force`}
          confirm="Put in force"
          pendingLabel="Saving…"
          done={`${asked.version.id} of ${name} is in force.`}
          failed="The version was not put in force."
          onClose={close}
        >
          <p>Everybody who has {name} is decided by this version with the next call.</p>
        </ConfirmRequest>
      )}
      {asked?.deed === 'delete' && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'DeletePolicyVersion', input }}
          title={`Delete ${asked.version.id} of ${name}`}
          confirm="Delete version"
          pendingLabel="Deleting…"
          danger
          done={`${asked.version.id} of ${name} is deleted.`}
          failed="The version was not deleted."
          onClose={close}
        >
          <p>Its text is gone. What is in force stays as it is.</p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

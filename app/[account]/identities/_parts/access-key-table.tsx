'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { Time } from '#components/time.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { ConfirmRequest } from './confirm-request.tsx'
import { KeyAge } from './key-age.tsx'
import { type ListColumn, ListTable } from './list-table.tsx'
import { RowMenu } from './row-menu.tsx'

export type ListedAccessKey = {
  readonly id: string
  /** Null for the account's root. */
  readonly user: string | null
  readonly active: boolean
  /** Epoch seconds. */
  readonly createdAt: number
  readonly lastUsed:
    | { readonly at: number; readonly service: string; readonly region: string }
    | null
    | undefined
}

type Deed = 'activate' | 'deactivate'
type AccessKeyTableProps = {
  scope: Scope
  caption: string
  keys: readonly ListedAccessKey[]
  /** Whether each says whose it is. */
  withOwner?: boolean
  more?: Parameters<typeof ListTable>[0]['more']
}

const lastUse: ListColumn<ListedAccessKey> = {
  head: 'Last used',
  narrow: 'fact',
  cell: ({ lastUsed }) =>
    lastUsed ? (
      <>
        <Time at={lastUsed.at} />, {lastUsed.service} in {lastUsed.region}
      </>
    ) : (
      <span className="text-text3">{lastUsed === null ? 'Never' : 'Can’t be read'}</span>
    ),
}

const columnsFor = (withOwner: boolean): readonly ListColumn<ListedAccessKey>[] => [
  ...(withOwner
    ? [{ head: 'Owner', wraps: true, cell: ({ user }: ListedAccessKey) => user ?? 'account root' }]
    : []),
  { head: 'State', narrow: 'end', cell: ({ active }) => (active ? 'Active' : 'Inactive') },
  { head: 'Age', from: 'lg', cell: ({ createdAt }) => <KeyAge since={createdAt} /> },
  lastUse,
]

/** Access keys, with what can be done to each. A key is deleted on a page of its own. */
export function AccessKeyTable({ scope, caption, keys, withOwner = false, more }: AccessKeyTableProps) {
  const [asked, setAsked] = useState<{ deed: Deed; subject: ListedAccessKey }>()
  const offline = useOfflineReason()
  const { copy } = useCopy()
  return (
    <>
      <ListTable
        caption={caption}
        head="Access key ID"
        rows={keys}
        nameOf={({ id }) => id}
        {...(withOwner && {
          hrefOf: ({ id, user }: ListedAccessKey) =>
            user === null
              ? paths.audit(scope.account, { q: `access-key:${id}` })
              : paths.identity(scope.account, 'users', user),
        })}
        columns={columnsFor(withOwner)}
        {...(more && { more })}
        menu={(key) => (
          <RowMenu name={key.id}>
            <MenuItem onSelect={() => copy(key.id)}>Copy access key ID</MenuItem>
            <MenuItem href={paths.audit(scope.account, { q: `access-key:${key.id}` })}>
              Show its calls
            </MenuItem>
            {key.user !== null && (
              <>
                <MenuRule />
                <MenuItem
                  {...(offline && { reason: offline })}
                  onSelect={() => setAsked({ deed: key.active ? 'deactivate' : 'activate', subject: key })}
                >
                  {key.active ? 'Deactivate' : 'Activate'}
                </MenuItem>
                <MenuItem danger href={paths.identityPart(scope.account, 'access-keys', key.id, 'delete')}>
                  Delete
                </MenuItem>
              </>
            )}
          </RowMenu>
        )}
      />
      {asked && <ChangeState scope={scope} {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

type ChangeStateProps = { scope: Scope; deed: Deed; subject: ListedAccessKey; onClose: () => void }

function ChangeState({ scope, deed, subject, onClose }: ChangeStateProps) {
  const { id, user, lastUsed } = subject
  const off = deed === 'deactivate'
  return (
    <ConfirmRequest
      scope={scope}
      request={{
        name: 'UpdateAccessKey',
        input: { UserName: user, AccessKeyId: id, Status: off ? 'Inactive' : 'Active' },
      }}
      title={`${off ? 'Deactivate' : 'Activate'} ${id}`}
      confirm={off ? 'Deactivate access key' : 'Activate access key'}
      pendingLabel={off ? 'Deactivating…' : 'Activating…'}
      danger={off}
      done={`${id} is ${off ? 'inactive' : 'active'}.`}
      failed={`The access key was not ${off ? 'deactivated' : 'activated'}.`}
      onClose={onClose}
    >
      <p>
        {off
          ? `Calls that ${user} signs with it will fail from now on. It can be activated again.`
          : `${user} can sign calls with it again.`}
      </p>
      {off && lastUsed && (
        <p>
          Last used <Time at={lastUsed.at} /> for {lastUsed.service} in {lastUsed.region}.
        </p>
      )}
    </ConfirmRequest>
  )
}

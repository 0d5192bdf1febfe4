'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmRequest } from '#app/[account]/identities/_parts/confirm-request.tsx'
import { ListTable } from '#app/[account]/identities/_parts/list-table.tsx'
import { RowMenu } from '#app/[account]/identities/_parts/row-menu.tsx'
import { useRequest } from '#app/[account]/identities/_parts/use-request.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Select } from '#components/ui/input.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

type UserGroupsProps = {
  scope: Scope
  user: string
  groups: readonly string[]
  refusal: RefusalView | undefined
}

/** The groups that a user is in. */
export function UserGroups({ scope, user, groups, refusal }: UserGroupsProps) {
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<string>()
  return (
    <Section
      title="Groups"
      fact={refusal ? undefined : count(groups.length, 'group')}
      actions={<Button onClick={() => setAdding(true)}>Add to a group</Button>}
    >
      {refusal && <ErrorState what="The groups couldn’t be read." refusal={refusal} />}
      {!refusal && groups.length === 0 && <Hint>{user} is in no group.</Hint>}
      {groups.length > 0 && (
        <ListTable
          caption={`Groups of ${user}`}
          head="Group"
          rows={groups}
          nameOf={(name) => name}
          hrefOf={(name) => paths.identity(scope.account, 'groups', name)}
          columns={[]}
          menu={(name) => (
            <RowMenu name={name}>
              <MenuItem href={paths.identity(scope.account, 'groups', name)}>Open</MenuItem>
              <MenuItem danger onSelect={() => setLeaving(name)}>
                Remove from the group
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
      {adding && <AddToGroup scope={scope} user={user} without={groups} onClose={() => setAdding(false)} />}
      {leaving !== undefined && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'RemoveUserFromGroup', input: { GroupName: leaving, UserName: user } }}
          title={`Remove ${user} from ${leaving}`}
          confirm="Remove from the group"
          pendingLabel="Removing…"
          danger
          done={`${user} is not in ${leaving} any more.`}
          failed={`${user} was not removed.`}
          onClose={() => setLeaving(undefined)}
        >
          <p>{user} loses what only this group allows, with the next call.</p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

type AddToGroupProps = { scope: Scope; user: string; without: readonly string[]; onClose: () => void }

function AddToGroup({ scope, user, without, onClose }: AddToGroupProps) {
  const [group, setGroup] = useState('')
  const { data, error } = useQuery(read(scope.account, undefined, 'ListGroups', { MaxItems: 1000 }))
  const mutation = useRequest({ account: scope.account, done: `${user} is in ${group}.`, after: onClose })
  const offered = (data?.Groups ?? []).filter(({ GroupName }) => !without.includes(GroupName))
  const requestFor = (GroupName: string) =>
    ({ name: 'AddUserToGroup', input: { GroupName, UserName: user } }) as const
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Add ${user} to a group`}>
      {error && <ErrorState what="The groups couldn’t be listed." refusal={refusalIn(error)} />}
      {data && offered.length === 0 && <Hint>There is no further group in this account.</Hint>}
      {offered.length > 0 && (
        <MutationForm
          mutation={mutation}
          values={() => (group === '' ? undefined : requestFor(group))}
          submit="Add to the group"
          submitPending="Adding…"
          reason={group === '' ? 'Choose a group first.' : undefined}
        >
          <Field label="Group">
            {(control) => (
              <Select {...control} autoFocus value={group} onChange={(event) => setGroup(event.target.value)}>
                <option value="">Choose a group</option>
                {offered.map(({ GroupName }) => (
                  <option key={GroupName} value={GroupName}>
                    {GroupName}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </MutationForm>
      )}
      <div className="mt-4">
        <RequestCode scope={scope} requests={[requestFor(group || '<group>')]} />
      </div>
    </Dialog>
  )
}

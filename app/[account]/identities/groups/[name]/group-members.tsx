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
import { refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

type GroupMembersProps = { scope: Scope; group: string; members: readonly string[] }

/** Who is in a group. */
export function GroupMembers({ scope, group, members }: GroupMembersProps) {
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<string>()
  const hrefOf = (name: string) => paths.identity(scope.account, 'users', name)
  return (
    <Section
      title="Members"
      fact={count(members.length, 'member')}
      actions={<Button onClick={() => setAdding(true)}>Add member</Button>}
    >
      {members.length === 0 && <Hint>Nobody is in {group}.</Hint>}
      {members.length > 0 && (
        <ListTable
          caption={`Members of ${group}`}
          head="User"
          rows={members}
          nameOf={(name) => name}
          hrefOf={hrefOf}
          columns={[]}
          menu={(name) => (
            <RowMenu name={name}>
              <MenuItem href={hrefOf(name)}>Open</MenuItem>
              <MenuItem danger onSelect={() => setRemoving(name)}>
                Remove
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
      {adding && <AddMember scope={scope} group={group} without={members} onClose={() => setAdding(false)} />}
      {removing !== undefined && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'RemoveUserFromGroup', input: { GroupName: group, UserName: removing } }}
          title={`Remove ${removing} from ${group}`}
          confirm="Remove member"
          pendingLabel="Removing…"
          danger
          done={`${removing} is not in ${group} any more.`}
          failed={`${removing} was not removed.`}
          onClose={() => setRemoving(undefined)}
        >
          <p>{removing} loses what only this group allows, with the next call.</p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

type AddMemberProps = { scope: Scope; group: string; without: readonly string[]; onClose: () => void }

function AddMember({ scope, group, without, onClose }: AddMemberProps) {
  const [user, setUser] = useState('')
  const { data, error } = useQuery(read(scope.account, undefined, 'ListUsers', { MaxItems: 1000 }))
  const mutation = useRequest({ account: scope.account, done: `${user} is in ${group}.`, after: onClose })
  const offered = (data?.Users ?? []).filter(({ UserName }) => !without.includes(UserName))
  const requestFor = (UserName: string) =>
    ({ name: 'AddUserToGroup', input: { GroupName: group, UserName } }) as const
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Add a member to ${group}`}>
      {error && <ErrorState what="The users couldn’t be listed." refusal={refusalIn(error)} />}
      {data && offered.length === 0 && <Hint>Every user of this account is in it.</Hint>}
      {offered.length > 0 && (
        <MutationForm
          mutation={mutation}
          values={() => (user === '' ? undefined : requestFor(user))}
          submit="Add member"
          submitPending="Adding…"
          reason={user === '' ? 'Choose a user first.' : undefined}
        >
          <Field label="User">
            {(control) => (
              <Select {...control} autoFocus value={user} onChange={(event) => setUser(event.target.value)}>
                <option value="">Choose a user</option>
                {offered.map(({ UserName }) => (
                  <option key={UserName} value={UserName}>
                    {UserName}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </MutationForm>
      )}
      <div className="mt-4">
        <RequestCode scope={scope} requests={[requestFor(user || '<user>')]} />
      </div>
    </Dialog>
  )
}

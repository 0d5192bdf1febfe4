'use client'

import { useState } from 'react'
import { ConfirmRequest } from '#app/[account]/identities/_parts/confirm-request.tsx'
import { ListTable } from '#app/[account]/identities/_parts/list-table.tsx'
import { RowMenu } from '#app/[account]/identities/_parts/row-menu.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import type { RefusalView } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'

type Device = { readonly serial: string; readonly since: number }
type UserDevicesProps = {
  scope: Scope
  user: string
  devices: readonly Device[]
  refusal: RefusalView | undefined
}

/** The second factors of a user. They set one up themselves; an administrator can only take one away. */
export function UserDevices({ scope, user, devices, refusal }: UserDevicesProps) {
  const [removing, setRemoving] = useState<string>()
  return (
    <Section title="Second factor" fact={refusal ? undefined : devices.length > 0 ? 'On' : 'Off'}>
      {refusal && <ErrorState what="The second factors couldn’t be read." refusal={refusal} />}
      {!refusal && devices.length === 0 && <Hint>{user} signs in with the password alone.</Hint>}
      {devices.length > 0 && (
        <ListTable
          caption={`Second factors of ${user}`}
          head="Device"
          rows={devices}
          nameOf={({ serial }) => serial}
          columns={[{ head: 'Since', narrow: 'end', cell: ({ since }) => <Time at={since} as="date" /> }]}
          menu={({ serial }) => (
            <RowMenu name={serial}>
              <MenuItem danger onSelect={() => setRemoving(serial)}>
                Take away
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
      {removing !== undefined && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'DeactivateMFADevice', input: { UserName: user, SerialNumber: removing } }}
          title={`Take the second factor of ${user} away`}
          confirm="Take away"
          pendingLabel="Taking away…"
          danger
          done={`${user} has one second factor less.`}
          failed="The second factor was not taken away."
          onClose={() => setRemoving(undefined)}
        >
          <p>For someone who lost the device: {user} signs in with the password until they set up another.</p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

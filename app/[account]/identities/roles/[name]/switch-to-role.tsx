'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SwitchRoleDialog } from '#app/_frame/switch-role.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { snippetsFor } from '#lib/console/snippets.ts'

/** Acting as the role, here and in a program. */
export function SwitchToRole({ scope, arn }: { scope: Scope; arn: string }) {
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    ...read(scope.account, scope.region, 'Capabilities', {}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const input = { RoleArn: arn, RoleSessionName: 'session' }
  return (
    <>
      <Button onClick={() => setOpen(true)}>Switch to this role</Button>
      {data && (
        <ShowAsCode
          snippets={snippetsFor([{ name: 'AssumeRole', input }], {
            endpoint: data.Endpoint,
            region: scope.region,
          })}
        />
      )}
      {open && <SwitchRoleDialog role={arn} onClose={() => setOpen(false)} />}
    </>
  )
}

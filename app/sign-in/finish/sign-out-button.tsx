'use client'

import { useState } from 'react'
import { signOut } from '#app/_frame/identity-actions.ts'
import { Button } from '#components/ui/button.tsx'
import { paths } from '#lib/console/paths.ts'

/** The other thing that can be done here. */
export function SignOutButton() {
  const [pending, setPending] = useState(false)
  return (
    <Button
      pending={pending}
      pendingLabel="Signing out…"
      onClick={() => {
        setPending(true)
        void signOut().then(() => window.location.assign(paths.home()))
      }}
    >
      Sign out
    </Button>
  )
}

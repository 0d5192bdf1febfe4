'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ChangePassword } from '#components/sign-in/change-password.tsx'
import { Button } from '#components/ui/button.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { Hint } from '#components/ui/hint.tsx'

export function Password() {
  const [open, setOpen] = useState(false)
  const flash = useFlash()
  const router = useRouter()
  function done() {
    setOpen(false)
    flash({ tone: 'verdigris', text: 'Your password is changed. Your other sessions have ended.' })
    router.refresh()
  }
  if (open) return <ChangePassword onDone={done} />
  return (
    <>
      <Hint className="mb-3">A new password ends every other session of yours.</Hint>
      <Button onClick={() => setOpen(true)}>Change password</Button>
    </>
  )
}

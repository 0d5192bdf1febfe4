'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { RecoveryCodes } from '#components/sign-in/recovery-codes.tsx'
import { SetUpFactor } from '#components/sign-in/set-up-factor.tsx'
import { useOwnSignIn } from '#components/sign-in/use-own-sign-in.ts'
import { MutationError } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { count } from '#lib/console/format.ts'

type Device = { readonly SerialNumber: string; readonly EnableDate: number | null }
export type OwnSignIn = { readonly MFADevices: readonly Device[]; readonly RecoveryCodesLeft: number }
/** `who` is what a device will call this: a user at an account. */
type SecondFactorProps = { own: OwnSignIn; who: string }

/** With fewer left it is time for new ones. */
const FEW = 3

/** Confirmation level 2. */
function RemoveFactor({ device, onClose }: { device: Device; onClose: () => void }) {
  const router = useRouter()
  const flash = useFlash()
  const { run, pending, refusal } = useOwnSignIn(() => {
    flash({ tone: 'verdigris', text: 'Your second factor is removed.' })
    router.refresh()
    onClose()
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Remove your second factor"
      confirm="Remove second factor"
      danger
      pending={pending}
      pendingLabel="Removing…"
      onConfirm={() => void run({ deed: 'remove-factor', SerialNumber: device.SerialNumber })}
      error={refusal && <MutationError refusal={refusal} what="The second factor was not removed." />}
    >
      <p>Your password alone will sign you in. Your recovery codes end with it.</p>
      <p>Policies that ask for aws:MultiFactorAuthPresent will refuse you in new sessions.</p>
    </AlertDialog>
  )
}

function NewCodes({ who }: { who: string }) {
  const [codes, setCodes] = useState<readonly string[]>()
  const router = useRouter()
  const { run, pending, refusal } = useOwnSignIn<{ RecoveryCodes: readonly string[] }>((answer) =>
    setCodes(answer.RecoveryCodes),
  )
  function saved() {
    setCodes(undefined)
    router.refresh()
  }
  if (codes) return <RecoveryCodes codes={codes} who={who} onSaved={saved} />
  return (
    <>
      {refusal && <MutationError refusal={refusal} what="No new codes were made." />}
      <Button pending={pending} pendingLabel="Making…" onClick={() => void run({ deed: 'recovery-codes' })}>
        New recovery codes
      </Button>
    </>
  )
}

/** The second factor of whoever is signed in: set up, or shown with its recovery codes. */
export function SecondFactor({ own, who }: SecondFactorProps) {
  const [removing, setRemoving] = useState<Device>()
  const router = useRouter()
  const flash = useFlash()
  function enabled() {
    flash({ tone: 'verdigris', text: 'Your second factor is on.' })
    router.refresh()
  }
  if (own.MFADevices.length === 0) return <SetUpFactor who={who} onDone={enabled} />
  return (
    <div className="space-y-4">
      {own.MFADevices.map((device) => (
        <div key={device.SerialNumber} className="flex flex-wrap items-end gap-x-6 gap-y-2">
          <Facts
            columns={2}
            className="min-w-0 grow"
            facts={[
              { term: 'Device', value: <Identifier value={device.SerialNumber} name="serial number" /> },
              { term: 'Enabled', value: device.EnableDate && <Time at={device.EnableDate} /> },
            ]}
          />
          <Button onClick={() => setRemoving(device)}>Remove</Button>
        </div>
      ))}
      {own.RecoveryCodesLeft < FEW ? (
        <Note tone="brass">{count(own.RecoveryCodesLeft, 'recovery code')} left. Make new ones.</Note>
      ) : (
        <p className="text-table text-text2">{count(own.RecoveryCodesLeft, 'recovery code')} left.</p>
      )}
      <NewCodes who={who} />
      {removing && <RemoveFactor device={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

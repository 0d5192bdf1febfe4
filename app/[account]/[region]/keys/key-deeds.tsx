'use client'

import { useEffect, useRef, useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { type Mutation, useAction } from '#components/use-action.ts'
import { principalLabel } from '#lib/console/format.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import { cancelKeyDeletion, disableKey, enableKey, rotateKey } from './actions.ts'
import type { ListedKey } from './key-search.ts'

/** What is done to a key without leaving the page. */
export type KeyDeed = 'enable' | 'disable' | 'rotate' | 'cancelDeletion'

export type DeedTarget = {
  /** What the operation is told: the key's id, or its ARN where it is another account's. */
  readonly reference: string
  /** alias/payments, or "key 05fa9b63". */
  readonly name: string
  readonly arn: string
  readonly state: KeyState
  readonly lastUse?: ListedKey['lastUse'] | undefined
}

type Form = { region: string; key: string }
type Mutations = Record<KeyDeed, Mutation<DeedTarget>>

function useMutations({ account, region }: Scope, close: () => void): Mutations {
  const told = (run: (form: Form) => Promise<ActionResult>) => (target: DeedTarget) =>
    run({ region, key: target.reference })
  const says = (words: string) => ({
    account,
    after: close,
    done: (_: unknown, target: DeedTarget) => `${target.name} ${words}`,
  })
  const enable: Mutation<DeedTarget> = useAction(told(enableKey), {
    ...says('is enabled.'),
    undo: { label: 'Disable', run: (target) => void disable.run(target) },
  })
  const disable: Mutation<DeedTarget> = useAction(told(disableKey), {
    ...says('is disabled.'),
    undo: { label: 'Enable', run: (target) => void enable.run(target) },
  })
  const rotate = useAction(told(rotateKey), says('is rotated: new encryptions use new material.'))
  const cancelDeletion = useAction(told(cancelKeyDeletion), {
    ...says('is no longer pending deletion. It is disabled.'),
    undo: { label: 'Enable', run: (target) => void enable.run(target) },
  })
  return { enable, disable, rotate, cancelDeletion }
}

export type KeyDeeds = {
  readonly start: (deed: KeyDeed, target: DeedTarget) => void
  readonly pending: KeyDeed | undefined
  /** Consequence line, dialog or refusal: drawn once, near what began it. */
  readonly panel: React.ReactNode
}

/** Enable and cancel run at once; disable states its effect first; rotate asks in a dialog. */
export function useKeyDeeds(scope: Scope): KeyDeeds {
  const [asked, setAsked] = useState<{ deed: KeyDeed; target: DeedTarget }>()
  const close = () => setAsked(undefined)
  const mutations = useMutations(scope, close)
  const deeds = Object.keys(mutations) as KeyDeed[] // the record's own names
  return {
    start(deed, target) {
      mutations[deed].reset()
      setAsked({ deed, target })
      if (deed === 'enable' || deed === 'cancelDeletion') void mutations[deed].run(target)
    },
    pending: deeds.find((deed) => mutations[deed].pending),
    panel: asked && <Panel {...asked} scope={scope} mutation={mutations[asked.deed]} onClose={close} />,
  }
}

type PanelProps = {
  scope: Scope
  deed: KeyDeed
  target: DeedTarget
  mutation: Mutation<DeedTarget>
  onClose: () => void
}

const FAILED = {
  enable: 'The key was not enabled.',
  cancelDeletion: 'The deletion was not cancelled.',
} as const

function Panel({ deed, ...props }: PanelProps) {
  const { mutation, onClose } = props
  if (deed === 'disable') return <DisableLine {...props} />
  if (deed === 'rotate') return <RotateDialog {...props} />
  if (!mutation.refusal) return null
  return (
    <div className="mb-3 space-y-2">
      <MutationError refusal={mutation.refusal} what={FAILED[deed]} />
      <Button onClick={onClose}>Dismiss</Button>
    </div>
  )
}

function DisableLine({ scope, target, mutation, onClose }: Omit<PanelProps, 'deed'>) {
  const button = useRef<HTMLButtonElement>(null)
  const offline = useOfflineReason()
  useEffect(() => {
    // After the menu that asked has given focus back.
    const timer = setTimeout(() => button.current?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  return (
    <section aria-label={`Disable ${target.name}`} className="mb-3 border-y border-line-strong py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
        <p className="min-w-0 grow basis-72">
          <span className="font-semibold">Disable {target.name}.</span> Calls with this key will fail with
          DisabledException until you enable it. Nothing is deleted.
        </p>
        <div className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            variant="primary"
            pending={mutation.pending}
            pendingLabel="Disabling…"
            reason={offline}
            onClick={() => void mutation.run(target)}
          >
            Disable key
          </Button>
        </div>
      </div>
      {mutation.refusal && (
        <div className="mt-2">
          <MutationError refusal={mutation.refusal} what="The key was not disabled." />
        </div>
      )}
      <div className="mt-2">
        <RequestCode scope={scope} requests={[{ name: 'DisableKey', input: { KeyId: target.reference } }]} />
      </div>
    </section>
  )
}

/** Confirmation level 2: what it does, what it does not do, and who uses the key. */
export function RotateDialog({
  scope,
  target,
  mutation,
  left,
  onClose,
}: Omit<PanelProps, 'deed'> & { left?: number }) {
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate ${target.name}`}
      confirm="Rotate key"
      pending={mutation.pending}
      pendingLabel="Rotating…"
      onConfirm={() => void mutation.run(target)}
      more={
        <RequestCode
          scope={scope}
          requests={[{ name: 'RotateKeyOnDemand', input: { KeyId: target.reference } }]}
        />
      }
      error={mutation.refusal && <MutationError refusal={mutation.refusal} what="The key was not rotated." />}
    >
      <p>New encryptions use new material. Old data still decrypts. Nothing is re-encrypted.</p>
      <p>
        The schedule of automatic rotation doesn’t change.
        {left !== undefined && ` ${left} of 25 on-demand rotations left.`}
      </p>
      <p>
        {target.lastUse ? (
          <>
            Last used <Time at={target.lastUse.ts} /> by {principalLabel(target.lastUse.actor)} (
            {target.lastUse.operation}).
          </>
        ) : target.lastUse === null ? (
          'No use of this key has been recorded.'
        ) : (
          'Its last use can’t be read.'
        )}
      </p>
    </AlertDialog>
  )
}

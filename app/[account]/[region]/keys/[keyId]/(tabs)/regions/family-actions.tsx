'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { type KeyKind, primaryOnly } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../../key-deeds.tsx'
import { ChangePrimary } from './change-primary.tsx'

type FamilyActionsProps = {
  scope: Scope
  keyId: string
  kind: KeyKind
  target: DeedTarget
  replicas: readonly string[]
  /** Whether the account has a Region without a member. */
  free: boolean
}

/** What is done to a family. Both are done at its primary. */
export function FamilyActions({ scope, keyId, kind, target, replicas, free }: FamilyActionsProps) {
  const [asked, setAsked] = useState(false)
  const offline = useOfflineReason()
  const { state, arn } = target
  const mayNot = primaryOnly(kind)
  const notReplicated =
    mayNot ??
    stateReason('replicate', state, arn) ??
    (free ? undefined : 'Every Region of this account has a member.')
  const notChanged =
    mayNot ??
    (replicas.length === 0 ? 'There is no replica that could become the primary.' : undefined) ??
    stateReason('updatePrimary', state, arn) ??
    offline
  return (
    <>
      <Button reason={notChanged} onClick={() => setAsked(true)}>
        Change primary Region
      </Button>
      {notReplicated ? (
        <Button reason={notReplicated}>Replicate</Button>
      ) : (
        <LinkButton href={paths.replicateKey(scope, keyId)}>Replicate</LinkButton>
      )}
      {asked && (
        <ChangePrimary scope={scope} target={target} replicas={replicas} onClose={() => setAsked(false)} />
      )}
    </>
  )
}

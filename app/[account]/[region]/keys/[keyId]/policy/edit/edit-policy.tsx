'use client'

import { useRouter } from 'next/navigation'
import { useId, useMemo, useState } from 'react'
import { foreseen } from '#components/access/refused-question.ts'
import { usePrincipals } from '#components/create-key/use-principals.ts'
import { Denied } from '#components/denied.tsx'
import { type Crumb, PageHeader } from '#components/page-header.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import { useFindings } from '#components/policy/use-findings.ts'
import { type PolicyDraftState, usePolicyDraft } from '#components/policy/use-policy-draft.ts'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { draftPlaceOf, type PolicyPlace, type SavedPolicy } from '../policy-place.ts'
import { LeaveDialog, useLeaveGuard } from './leave-guard.tsx'
import { Meanwhile, useNewest } from './meanwhile.tsx'
import { Workbench } from './workbench.tsx'

type EditPolicyProps = {
  place: PolicyPlace
  saved: SavedPolicy
  /** Whether the person may save, as far as is known. */
  may: boolean
  line: number | undefined
  crumbs: readonly Crumb[]
}

/** What completion and templates know of the account. */
export function useKnowledge({ scope, partition, key, regions }: PolicyPlace) {
  const { list } = usePrincipals(scope.account)
  return useMemo(
    () => ({
      ...{ kind: 'key' as const, partition, account: scope.account, key, regions },
      principals: (list ?? []).flatMap(({ arn, kind }) => (kind === 'root' ? [] : [arn])),
    }),
    [scope.account, partition, key, regions, list],
  )
}

/** The policy as text: edited, checked and simulated while it is written, and then reviewed. */
export function EditPolicy({ place, saved, may, line, crumbs }: EditPolicyProps) {
  const id = useId()
  const router = useRouter()
  const { scope, keyId, reference, name } = place
  const [anyway, setAnyway] = useState(false)
  const draft = usePolicyDraft(draftPlaceOf(place), saved)
  const { text, changed } = draft
  const knowledge = useKnowledge(place)
  const lint = {
    account: scope.account,
    region: scope.region,
    kind: 'key',
    about: { KeyId: reference },
  } as const
  const findings = useFindings(text, lint)
  const newest = useNewest(scope, reference)
  const guard = useLeaveGuard(changed)
  const overtaken = newest && newest.Version > draft.baseVersion ? newest : undefined
  const size = sizeOf(text)
  const reason =
    (changed ? undefined : 'Nothing has changed.') ??
    (overtaken ? 'Somebody else saved meanwhile. Settle that first.' : undefined) ??
    (size > MAX_KEY_POLICY_BYTES ? 'A key policy has at most 32,768 bytes.' : undefined)
  function review() {
    if (reason) return
    guard.release()
    router.push(paths.reviewPolicy(scope, keyId))
  }
  useShortcuts([{ keys: ['Mod+s', 'Mod+Enter'], label: 'Review changes', group: 'This page', run: review }])
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Edit the key policy"
        fact={<PolicySize id={`${id}-size`} bytes={size} />}
        actions={
          <>
            <LinkButton href={paths.key(scope, keyId, 'policy')}>Cancel</LinkButton>
            <ShowAsCode
              snippets={snippetsFor([{ name: 'PutKeyPolicy', input: { KeyId: reference, Policy: text } }], {
                endpoint: place.endpoint,
                region: scope.region,
              })}
            />
            <Button variant="primary" reason={reason} onClick={review}>
              Review changes
            </Button>
          </>
        }
      />
      {!may && !anyway && <MayNotSave place={place} onTryAnyway={() => setAnyway(true)} />}
      {overtaken ? (
        <Meanwhile
          {...{ scope, reference, newest: overtaken, draft }}
          onSettle={(theirs, next) => draft.rebase(theirs, next)}
        />
      ) : (
        changed && <DraftLine draft={draft} />
      )}
      <Workbench
        {...{ place, knowledge, text, findings, line }}
        readOnly={!may && !anyway}
        describedBy={`${id}-size`}
        onEdit={draft.edit}
        onReview={review}
      />
      <LeaveDialog guard={guard} name={name} onDiscard={draft.discard} />
    </>
  )
}

function DraftLine({ draft }: { draft: PolicyDraftState }) {
  return (
    <p className="mb-2 flex min-h-6 flex-wrap items-center gap-x-3 text-table text-text2">
      <span>
        {draft.origin ?? (draft.resumed ? 'Your draft was resumed' : `Draft of v${draft.baseVersion}`)}, kept
        in this tab
        {draft.savedAt > 0 && (
          <>
            {' '}
            <Time at={draft.savedAt / 1000} />
          </>
        )}
        .
      </span>
      <button type="button" className="link" onClick={draft.discard}>
        Discard draft
      </button>
    </p>
  )
}

function MayNotSave({ place, onTryAnyway }: { place: PolicyPlace; onTryAnyway: () => void }) {
  const { scope, keyId, self, partition } = place
  const resource = keyArn({ partition, region: scope.region, account: scope.account }, keyId)
  return (
    <div className="mb-3">
      <Denied
        what="You can’t change this policy, so it is read only. Simulate works."
        refusal={foreseen({ principal: self, action: 'kms:PutKeyPolicy', resource })}
        onTryAnyway={onTryAnyway}
      />
    </div>
  )
}

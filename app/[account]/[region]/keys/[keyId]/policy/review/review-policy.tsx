'use client'

import { useState } from 'react'
import { type Crumb, PageHeader, Section } from '#components/page-header.tsx'
import { AccessChangesTable } from '#components/policy/access-changes-table.tsx'
import { PolicyChange } from '#components/policy/policy-change.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import { ReplayReport } from '#components/policy/replay-report.tsx'
import { type PolicyDraftState, usePolicyDraft } from '#components/policy/use-policy-draft.ts'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { EmptyState, ErrorState, MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { draftPlaceOf, type PolicyPlace, type SavedPolicy } from '../policy-place.ts'
import { BypassLockout } from './bypass-lockout.tsx'
import { Checks } from './checks.tsx'
import { SaveTicks } from './save-ticks.tsx'
import type { useConsequences } from './use-consequences.ts'
import { NO_TICKS, useReview } from './use-review.ts'

type ReviewPolicyProps = {
  place: PolicyPlace
  saved: SavedPolicy
  /** Whether the installation demands separation of duties. */
  separated: boolean
  crumbs: readonly Crumb[]
}

/** The draft of this tab before it is saved: what changed, what is wrong, who gains and who loses. */
export function ReviewPolicy(props: ReviewPolicyProps) {
  const { place, saved, crumbs } = props
  const draft = usePolicyDraft(draftPlaceOf(place), saved)
  if (draft.ready && draft.changed) return <Review {...props} draft={draft} />
  return (
    <>
      <PageHeader crumbs={crumbs} title="Review changes to the key policy" />
      {draft.ready ? (
        <EmptyState
          actions={<LinkButton href={paths.editPolicy(place.scope, place.keyId)}>Edit policy</LinkButton>}
        >
          <p>Nothing was changed in this tab. Edit the policy, then review it here before it is saved.</p>
        </EmptyState>
      ) : (
        <Skeleton className="w-1/3" />
      )}
    </>
  )
}

function Review({ place, saved, separated, crumbs, draft }: ReviewPolicyProps & { draft: PolicyDraftState }) {
  const { scope, keyId, reference, alias } = place
  const { text, base, baseVersion } = draft
  const [ticks, setTicks] = useState(NO_TICKS)
  const { findings, askable, consequences, overtaken, rules, mutation, blocked, reason } = useReview({
    ...{ place, saved, separated, draft, ticks },
  })
  const save = () => !reason && mutation.save(false)
  useShortcuts([{ keys: ['Mod+s', 'Mod+Enter'], label: 'Save policy', group: 'This page', run: save }])
  const names = { beforeName: `v${baseVersion}`, afterName: draft.origin ?? 'the draft' }
  const input = {
    KeyId: reference,
    Policy: text,
    ...(rules.needsBypass && { BypassPolicyLockoutSafetyCheck: true }),
  }
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Review changes to the key policy"
        fact={
          <>
            v{baseVersion} to v{baseVersion + 1}, <PolicySize bytes={sizeOf(text)} />
          </>
        }
        actions={
          <>
            <LinkButton href={paths.editPolicy(scope, keyId)}>Keep editing</LinkButton>
            <ShowAsCode
              snippets={snippetsFor([{ name: 'PutKeyPolicy', input }], {
                endpoint: place.endpoint,
                region: scope.region,
              })}
            />
            <Button
              variant="primary"
              pending={mutation.pending}
              pendingLabel="Saving…"
              reason={reason}
              onClick={save}
            >
              Save policy
            </Button>
          </>
        }
      />
      {overtaken && (
        <Note tone="brass" role="alert" className="mb-3 max-w-form">
          Policy changed to v{saved.version} while you were editing v{baseVersion}. Keep editing merges both.
        </Note>
      )}
      {mutation.refusal && (
        <div className="mb-3">
          <MutationError refusal={mutation.refusal} what="The policy was not saved." />
        </div>
      )}
      <div className="grid gap-x-7 xl:grid-cols-2">
        <div className="min-w-0">
          <Section title="What you changed" {...(draft.origin && { fact: draft.origin })}>
            <PolicyChange before={base} after={text} account={scope.account} {...names} />
          </Section>
          <div className="mb-7">
            <Checks text={text} state={findings} />
          </div>
        </div>
        <div className="min-w-0">
          <Section title="Who gains and who loses">
            <Consequences {...{ place, askable, consequences }} />
          </Section>
          <SaveTicks
            rules={rules}
            losing={consequences.losing}
            account={scope.account}
            ticks={ticks}
            onChange={setTicks}
          />
          {rules.needsBypass && (
            <BypassLockout
              {...{ keyId, alias }}
              pending={mutation.pending}
              reason={blocked}
              onSave={() => mutation.save(true)}
            />
          )}
        </div>
      </div>
    </>
  )
}

type ConsequencesProps = {
  place: PolicyPlace
  askable: boolean
  consequences: ReturnType<typeof useConsequences>
}

function Consequences({ place, askable, consequences }: ConsequencesProps) {
  const { changes, refusal, retry, replay } = consequences
  if (!askable)
    return <p className="text-table text-text2">This is worked out as soon as the policy can be read.</p>
  return (
    <div className="space-y-4">
      {refusal ? (
        <ErrorState
          what="Who gains and who loses couldn’t be worked out."
          refusal={refusal}
          onRetry={retry}
        />
      ) : changes ? (
        <AccessChangesTable changes={changes} account={place.scope.account} />
      ) : (
        <Skeleton className="w-2/3" />
      )}
      <ReplayReport replay={replay} scope={place.scope} keyId={place.keyId} />
    </div>
  )
}

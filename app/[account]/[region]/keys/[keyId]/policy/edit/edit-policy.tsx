'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useId, useMemo, useRef, useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { type Crumb, PageHeader } from '#components/page-header.tsx'
import type { PolicyEditorHandle } from '#components/policy/policy-editor.tsx'
import { findingsOf, PolicyFindings } from '#components/policy/policy-findings.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { useNarrow } from '../../../use-narrow.ts'
import { savePolicy } from './actions.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { LeaveDialog, useLeaveGuard } from './leave-guard.tsx'

// 190 kB that no other page needs.
const PolicyEditor = dynamic(
  () => import('#components/policy/policy-editor.tsx').then((module) => module.PolicyEditor),
  {
    ssr: false,
    loading: () => (
      <div className="h-[60vh] min-h-80 border border-line-strong bg-surface p-3">
        <Skeleton className="w-1/3" />
      </div>
    ),
  },
)

type EditPolicyProps = {
  scope: Scope
  reference: string
  name: string
  /** The policy as it is now. */
  saved: string
  back: string
  crumbs: readonly Crumb[]
  endpoint: string
}

/** The policy as text: edited, checked while typing, saved as a whole. */
export function EditPolicy({ scope, reference, name, saved, back, crumbs, endpoint }: EditPolicyProps) {
  const id = useId()
  const router = useRouter()
  const narrow = useNarrow()
  const offline = useOfflineReason()
  const editor = useRef<PolicyEditorHandle>(null)
  const [base, setBase] = useState(saved)
  const [draft, setDraft] = useState(saved)
  const changed = draft !== base
  const guard = useLeaveGuard(changed)
  const findings = useMemo(() => findingsOf(draft), [draft])
  const mutation = useAction(savePolicy, {
    account: scope.account,
    done: () => `The key policy of ${name} is saved.`,
    after: () => {
      guard.release()
      router.push(back)
    },
  })
  const size = sizeOf(draft)
  const reason =
    offline ??
    (changed ? undefined : 'Nothing has changed.') ??
    (size > MAX_KEY_POLICY_BYTES ? 'A key policy has at most 32,768 bytes.' : undefined)
  const save = () => void mutation.run({ region: scope.region, key: reference, policy: draft, base })
  useShortcuts([
    {
      keys: ['Mod+s', 'Mod+Enter'],
      label: 'Save policy',
      group: 'This page',
      run: () => !reason && save(),
    },
  ])
  const described = `${id}-help ${id}-size`
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Edit the key policy"
        fact={<PolicySize id={`${id}-size`} bytes={size} />}
        actions={
          <>
            <LinkButton href={back}>Cancel</LinkButton>
            <ShowAsCode
              snippets={snippetsFor([{ name: 'PutKeyPolicy', input: { KeyId: reference, Policy: draft } }], {
                endpoint,
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
      {mutation.refusal?.code === 'ConflictException' ? (
        <ChangedMeanwhile
          scope={scope}
          reference={reference}
          onKeep={(theirs) => {
            setBase(theirs)
            mutation.reset()
          }}
          onTake={(theirs) => {
            setBase(theirs)
            setDraft(theirs)
            mutation.reset()
          }}
        />
      ) : (
        mutation.refusal && (
          <div className="mb-3">
            <MutationError refusal={mutation.refusal} what="The policy was not saved." />
          </div>
        )
      )}
      <div className="grid gap-x-6 gap-y-3 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0">
          <p id={`${id}-label`} className="text-table font-medium">
            Key policy of {name}
          </p>
          <p id={`${id}-help`} className="mb-1 text-table text-text2">
            JSON. Saving replaces the whole policy; calls are decided by the new one at once.
          </p>
          {narrow ? (
            <Textarea
              mono
              aria-labelledby={`${id}-label`}
              aria-describedby={described}
              className="min-h-[50vh]"
              spellCheck={false}
              autoCapitalize="off"
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
            />
          ) : (
            <PolicyEditor
              ref={editor}
              labelledBy={`${id}-label`}
              describedBy={described}
              value={draft}
              onChange={setDraft}
              onSave={() => !reason && save()}
            />
          )}
        </div>
        <PolicyFindings
          text={draft}
          findings={findings}
          onGo={narrow ? undefined : (position) => editor.current?.go(position)}
        />
      </div>
      <LeaveDialog guard={guard} name={name} />
    </>
  )
}

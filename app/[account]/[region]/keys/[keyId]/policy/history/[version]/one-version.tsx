'use client'

import Link from 'next/link'
import { MANAGED_REASON } from '#components/keys/key-kind.ts'
import { type Crumb, PageHeader, Section } from '#components/page-header.tsx'
import { FindingsPanel } from '#components/policy/findings-panel.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { StructuredPolicy } from '#components/policy/structured-policy.tsx'
import { useFindings } from '#components/policy/use-findings.ts'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import type { PolicyPlace, SavedPolicy } from '../../policy-place.ts'
import { useRestore } from '../../use-restore.ts'

type OneVersionProps = {
  place: PolicyPlace
  saved: SavedPolicy
  version: OutputOf<'GetPolicyVersion'>
  managed: boolean
  crumbs: readonly Crumb[]
}

/** One version whole: its text, its words, what it changed, and what the checks say of it. */
export function OneVersion({ place, saved, version, managed, crumbs }: OneVersionProps) {
  const { scope, keyId, reference } = place
  const { Version, Policy, Delta, CreatedAt, CreatedBy, EventId, InForce } = version
  const restore = useRestore(place)
  const lint = {
    account: scope.account,
    region: scope.region,
    kind: 'key',
    about: { KeyId: reference },
  } as const
  const findings = useFindings(Policy, lint)
  const reason =
    (managed ? MANAGED_REASON : undefined) ??
    (InForce ? 'This version is in force.' : undefined) ??
    (Policy === saved.text ? 'The policy in force says the same.' : undefined)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={`Key policy v${Version}`}
        fact={InForce && <span className="text-verdigris">In force</span>}
        actions={
          <>
            {!InForce && (
              <LinkButton
                href={paths.policyHistory(scope, keyId, { compare: `${Version}..${saved.version}` })}
              >
                Compare with v{saved.version}
              </LinkButton>
            )}
            <Button
              variant="primary"
              reason={reason}
              onClick={() => restore({ text: Policy, version: Version }, saved)}
            >
              Restore v{Version}
            </Button>
          </>
        }
      />
      <p className="mb-4 text-table text-text2">
        Saved by {principalLabel(CreatedBy)} <Time at={CreatedAt} />.{' '}
        {EventId && (
          <Link className="link" href={paths.event(scope.account, EventId)}>
            View event
          </Link>
        )}
      </p>
      <div className="grid grid-cols-1 gap-x-7 xl:grid-cols-2">
        <div className="min-w-0">
          <Section title="What it changed">
            <ul className="text-table">
              {(Delta.length > 0 ? Delta : ['The key was created with it.']).map((phrase) => (
                <li key={phrase} className="break-words border-b border-line py-1.5">
                  {phrase}
                </li>
              ))}
            </ul>
          </Section>
          <div className="mb-7">
            <FindingsPanel text={Policy} state={findings} title="Findings" />
            <p className="py-1 text-label text-text3">
              By the principals and accounts that there are now, and for you.
            </p>
          </div>
          <Section title="Structured">
            <StructuredPolicy text={Policy} account={scope.account} />
          </Section>
        </div>
        <Section title="JSON">
          <PolicyText text={Policy} label={`Key policy v${Version}`} />
        </Section>
      </div>
    </>
  )
}

'use client'

import { useSelectedLayoutSegment } from 'next/navigation'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { Denied } from '#components/denied.tsx'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { type KeyKind, MANAGED_REASON } from '#components/keys/key-kind.ts'
import { deletionFact, keyTitle, stateSentence } from '#components/keys/key-words.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader } from '#components/page-header.tsx'
import { operationFor } from '#components/playground/fitting-operation.ts'
import { ShowAsCode, type Snippet } from '#components/show-as-code.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { KEY_TABS, paths, type Scope } from '#lib/console/paths.ts'
import { type DeedTarget, type KeyDeeds, useKeyDeeds } from '../../key-deeds.tsx'
import { KeyMenu } from './key-menu.tsx'
import { TAB_WORDS } from './key-tabs.tsx'
import { type Foresight, useForeseen } from './use-foreseen.ts'
import { useKeyOffers } from './use-key-offers.ts'

type CodeOfDeed = { readonly title: string; readonly snippets: readonly Snippet[] }

type KeyHeaderProps = {
  scope: Scope
  /** The account that is signed in: its log and its lists are the ones that can be opened. */
  own: string
  /** Who is signed in. */
  self: string
  keyId: string
  alias: string | undefined
  more: number
  deletionDate: number | undefined
  /** Replicas that a primary waits for before its own waiting period begins. */
  replicas: number
  kind: KeyKind
  target: DeedTarget
  snippets: readonly Snippet[]
  /** Of the button that runs at once: Enable or Cancel deletion. */
  deed: CodeOfDeed | undefined
}

/** Breadcrumb, name, state, and what its state lets one do. */
export function KeyHeader({
  scope,
  own,
  self,
  keyId,
  alias,
  more,
  deletionDate,
  replicas,
  kind,
  target,
  snippets,
  deed,
}: KeyHeaderProps) {
  const now = useNow()
  const segment = useSelectedLayoutSegment()
  const tab = KEY_TABS.find((name) => name === segment)
  const home = { account: own, region: scope.region }
  const deeds = useKeyDeeds(home)
  const foresight = useForeseen({ scope, keyId, arn: target.arn, self, foreign: own !== scope.account })
  useKeyOffers({ scope, home, keyId, kind, target, deeds })
  const name = keyTitle(keyId, alias)
  const { state } = target
  const sentence = stateSentence(state, deletionDate, now, replicas)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: scope.region },
          { label: 'Keys', href: paths.keys(home) },
          { label: name, href: paths.key(scope, keyId) },
          ...(tab ? [{ label: TAB_WORDS[tab] }] : []),
        ]}
        title={
          <span className="inline-flex max-w-full items-center gap-2">
            <KeyGlyph keyId={keyId} className="h-[18px] w-[29px]" />
            <span className="min-w-0 break-all">{alias ?? `Key ${keyId.slice(0, 8)}`}</span>
          </span>
        }
        fact={
          <span className="inline-flex flex-wrap items-center gap-x-3">
            {more > 0 && (
              <span>
                +{more} {more === 1 ? 'alias' : 'aliases'}
              </span>
            )}
            <StateBadge state={state} fact={deletionFact(deletionDate, now)} replicas={replicas} />
          </span>
        }
        actions={
          <HeaderActions
            scope={scope}
            home={home}
            keyId={keyId}
            kind={kind}
            target={target}
            deeds={deeds}
            foresight={foresight}
            snippets={snippets}
            deed={deed}
          />
        }
      />
      {sentence && <p className="-mt-1.5 mb-3 max-w-prose text-table text-text2">{sentence}</p>}
      {deeds.panel}
    </>
  )
}

type ActionsProps = {
  scope: Scope
  home: Scope
  keyId: string
  kind: KeyKind
  target: DeedTarget
  deeds: KeyDeeds
  foresight: Foresight
  snippets: readonly Snippet[]
  deed: CodeOfDeed | undefined
}

function HeaderActions({ scope, home, keyId, kind, target, deeds, foresight, snippets, deed }: ActionsProps) {
  const offline = useOfflineReason()
  // Who may disable may enable: the matrix has one column for both.
  const refused = (deed: 'enable' | 'disable') => {
    const refusal = foresight.of('DisableKey')
    if (!refusal) return undefined
    const tryAnyway = () => {
      foresight.insist()
      deeds.start(deed, target)
    }
    return (
      <Denied
        size="button"
        refusal={refusal}
        what={`You can’t ${deed} this key.`}
        resource={target.name}
        onTryAnyway={tryAnyway}
      />
    )
  }
  const { state, arn } = target
  const unusable = stateReason('use', state, arn)
  return (
    <>
      <ShowAsCode snippets={snippets} also={deed} />
      {unusable ? (
        <Button reason={unusable}>Try it</Button>
      ) : (
        <LinkButton href={paths.playground(home, operationFor(kind.usage), { key: target.reference })}>
          Try it
        </LinkButton>
      )}
      {state === 'PendingDeletion' || state === 'PendingReplicaDeletion' ? (
        <Button
          variant="primary"
          pending={deeds.pending === 'cancelDeletion'}
          pendingLabel="Cancelling…"
          reason={offline}
          onClick={() => deeds.start('cancelDeletion', target)}
        >
          Cancel deletion
        </Button>
      ) : state === 'Disabled' ? (
        <Button
          pending={deeds.pending === 'enable'}
          pendingLabel="Enabling…"
          reason={offline ?? refused('enable')}
          onClick={() => deeds.start('enable', target)}
        >
          Enable
        </Button>
      ) : (
        <Button
          reason={
            (kind.managed ? MANAGED_REASON : undefined) ??
            stateReason('enableOrDisable', state, arn) ??
            offline ??
            refused('disable')
          }
          onClick={() => deeds.start('disable', target)}
        >
          Disable
        </Button>
      )}
      <KeyMenu
        scope={scope}
        home={home}
        keyId={keyId}
        kind={kind}
        target={target}
        deeds={deeds}
        foresight={foresight}
      />
    </>
  )
}

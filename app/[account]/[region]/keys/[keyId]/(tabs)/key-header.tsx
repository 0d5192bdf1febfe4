'use client'

import { ChevronDown } from 'lucide-react'
import { useSelectedLayoutSegment } from 'next/navigation'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { deletionFact, keyTitle, stateSentence } from '#components/keys/key-words.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader } from '#components/page-header.tsx'
import { ShowAsCode, type Snippet } from '#components/show-as-code.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { KEY_TABS, paths, type Scope } from '#lib/console/paths.ts'
import { type DeedTarget, type KeyDeeds, useKeyDeeds } from '../../key-deeds.tsx'
import { TAB_WORDS } from './key-tabs.tsx'

type KeyHeaderProps = {
  scope: Scope
  /** The account that is signed in: its log and its lists are the ones that can be opened. */
  own: string
  keyId: string
  alias: string | undefined
  more: number
  deletionDate: number | undefined
  target: DeedTarget
  snippets: readonly Snippet[]
}

/** Breadcrumb, name, state, and what its state lets one do. */
export function KeyHeader({
  scope,
  own,
  keyId,
  alias,
  more,
  deletionDate,
  target,
  snippets,
}: KeyHeaderProps) {
  const now = useNow()
  const segment = useSelectedLayoutSegment()
  const tab = KEY_TABS.find((name) => name === segment)
  const home = { account: own, region: scope.region }
  const deeds = useKeyDeeds(home)
  const name = keyTitle(keyId, alias)
  const { state } = target
  const sentence = stateSentence(state, deletionDate, now)
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
            <StateBadge state={state} fact={deletionFact(deletionDate, now)} />
          </span>
        }
        actions={
          <HeaderActions
            scope={scope}
            home={home}
            keyId={keyId}
            target={target}
            deeds={deeds}
            snippets={snippets}
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
  target: DeedTarget
  deeds: KeyDeeds
  snippets: readonly Snippet[]
}

function HeaderActions({ scope, home, keyId, target, deeds, snippets }: ActionsProps) {
  const offline = useOfflineReason()
  const { state, arn } = target
  const unusable = stateReason('use', state, arn)
  return (
    <>
      <ShowAsCode snippets={snippets} />
      {unusable ? (
        <Button reason={unusable}>Try it</Button>
      ) : (
        <LinkButton href={paths.playground(home, 'encrypt', { key: target.reference })}>Try it</LinkButton>
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
          reason={offline}
          onClick={() => deeds.start('enable', target)}
        >
          Enable
        </Button>
      ) : (
        <Button
          reason={stateReason('enableOrDisable', state, arn) ?? offline}
          onClick={() => deeds.start('disable', target)}
        >
          Disable
        </Button>
      )}
      <KeyActionsMenu scope={scope} home={home} keyId={keyId} target={target} deeds={deeds} />
    </>
  )
}

function KeyActionsMenu({ scope, home, keyId, target, deeds }: Omit<ActionsProps, 'snippets'>) {
  const { copy } = useCopy()
  const offline = useOfflineReason()
  const { state, arn } = target
  return (
    <Menu
      trigger={
        <Button>
          <span className="max-sm:hidden">Key actions</span>
          <span className="sm:hidden">Actions</span>
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuItem href={paths.editPolicy(scope, keyId)}>Edit policy</MenuItem>
      <MenuItem
        reason={stateReason('rotateNow', state, arn) ?? offline}
        onSelect={() => deeds.start('rotate', target)}
      >
        Rotate now
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => copy(arn)}>Copy ARN</MenuItem>
      <MenuItem onSelect={() => copy(keyId)}>Copy key ID</MenuItem>
      <MenuItem href={paths.audit(home.account, { q: `key:${keyId}` })}>Open in audit log</MenuItem>
      <MenuRule />
      <MenuItem
        danger
        href={paths.deleteKey(scope, keyId)}
        reason={stateReason('scheduleDeletion', state, arn)}
      >
        Schedule deletion
      </MenuItem>
    </Menu>
  )
}

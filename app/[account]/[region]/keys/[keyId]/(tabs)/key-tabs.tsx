'use client'

import { usePageActions } from '#components/shortcuts/page-actions.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { KEY_TABS, type KeyTab, paths, type Scope } from '#lib/console/paths.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'

export const TAB_WORDS: Record<KeyTab, string> = {
  access: 'Access',
  policy: 'Key policy',
  material: 'Key material and rotation',
  'public-key': 'Public key',
  aliases: 'Aliases',
  grants: 'Grants',
  tags: 'Tags',
  regions: 'Regions',
  config: 'Cryptographic configuration',
  activity: 'Activity',
}

type Described = Pick<KeyMetadata, 'KeySpec' | 'MultiRegion'>

/** Tabs that a kind of key has: a public key for asymmetric ones, Regions for multi-Region ones. */
export function tabsOf({ KeySpec, MultiRegion }: Described): readonly KeyTab[] {
  const absent: Partial<Record<KeyTab, boolean>> = {
    'public-key': !isAsymmetric(KeySpec),
    regions: !MultiRegion,
  }
  return KEY_TABS.filter((tab) => !absent[tab])
}

type KeyTabsProps = { scope: Scope; keyId: string; described: Described }

export function KeyTabs({ scope, keyId, described }: KeyTabsProps) {
  const tabs = tabsOf(described).map((tab) => ({ href: paths.key(scope, keyId, tab), label: TAB_WORDS[tab] }))
  usePageActions(tabs.map((tab) => ({ ...tab, kind: 'page' })))
  return <TabLinks label="Parts of this key" className="mb-4" tabs={tabs} />
}

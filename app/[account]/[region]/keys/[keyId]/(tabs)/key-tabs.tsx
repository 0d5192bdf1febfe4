'use client'

import { TabLinks } from '#components/ui/tabs.tsx'
import { KEY_TABS, type KeyTab, paths, type Scope } from '#lib/console/paths.ts'

export const TAB_WORDS: Record<KeyTab, string> = {
  policy: 'Key policy',
  material: 'Key material and rotation',
  aliases: 'Aliases',
  tags: 'Tags',
  config: 'Cryptographic configuration',
  activity: 'Activity',
}

export function KeyTabs({ scope, keyId }: { scope: Scope; keyId: string }) {
  return (
    <TabLinks
      label="Parts of this key"
      className="mb-4"
      tabs={KEY_TABS.map((tab) => ({ href: paths.key(scope, keyId, tab), label: TAB_WORDS[tab] }))}
    />
  )
}

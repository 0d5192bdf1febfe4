import type { Crumb } from '#components/page-header.tsx'
import { type IdentityList, paths } from '#lib/console/paths.ts'
import { IDENTITY_TABS } from './identity-tabs.ts'

/** Identities / Users / alice / Inline policy: the last one given is where one is. */
export function crumbsOf(
  account: string,
  list: IdentityList,
  name?: string,
  part?: string,
): readonly Crumb[] {
  const label = IDENTITY_TABS.find((tab) => tab.list === list)?.label ?? ''
  return [
    { label: 'Identities' },
    { label, ...(name !== undefined && { href: paths.identities(account, list) }) },
    ...(name === undefined
      ? []
      : [{ label: name, ...(part !== undefined && { href: paths.identity(account, list, name) }) }]),
    ...(part === undefined ? [] : [{ label: part }]),
  ]
}

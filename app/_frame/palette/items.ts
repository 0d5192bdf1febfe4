import { GLOSSARY } from '#components/help/glossary.ts'
import { matching } from '#components/help/search.ts'
import type { PageAction } from '#components/shortcuts/page-actions.tsx'
import type { Found, Hit } from '#lib/console/find.ts'
import { inRegion, paths, type Scope } from '#lib/console/paths.ts'
import { connectItem, helpItem, navigation } from '../navigation.ts'

export type Item = {
  readonly label: string
  readonly detail?: string | undefined
  /** Draws the key's glyph. */
  readonly keyId?: string | undefined
  readonly href?: string | undefined
  readonly run?: (() => void) | undefined
  /** Why it cannot be done; it stays listed. */
  readonly reason?: string | undefined
}
export type ItemGroup = { readonly name: string; readonly items: readonly Item[] }

/** What the palette is opened over. */
export type Surroundings = {
  readonly scope: Scope
  readonly pathname: string
  readonly regions: readonly string[]
  readonly actions: readonly PageAction[]
  readonly showShortcuts: () => void
}

const MOST_TERMS = 5

const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)
const fits = (typed: string) => {
  const wanted = words(typed)
  return ({ label, detail = '' }: Item) => {
    const text = `${label} ${detail}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
}

const hitItem = ({ label, detail, keyId, href, reason }: Hit): Item => ({
  label,
  detail,
  keyId,
  href,
  reason,
})

function pages({ scope, actions }: Surroundings): Item[] {
  const parts = actions.filter(({ kind }) => kind === 'page')
  const sections = [...navigation(scope).flatMap(({ items }) => items), connectItem(), helpItem()]
  return [
    ...parts.map(({ label, href }) => ({ label, href, detail: 'This key' })),
    ...sections.map(({ label, href }) => ({ label, href })),
    { label: 'Create key', href: paths.newKey(scope) },
    { label: 'Then and now', href: paths.help('then-and-now'), detail: 'Help' },
    { label: 'AWS owned keys', href: paths.help('aws-owned-keys'), detail: 'Help' },
  ]
}

const regionItems = ({ scope, pathname, regions }: Surroundings): Item[] =>
  regions
    .filter((region) => region !== scope.region)
    .map((region) => ({ label: `Switch to ${region}`, href: inRegion(pathname, { ...scope, region }) }))

const terms = (typed: string): Item[] =>
  words(typed).length === 0
    ? []
    : matching(GLOSSARY, typed)
        .slice(0, MOST_TERMS)
        .map(({ id, term }) => ({ label: term, detail: 'Glossary', href: paths.help('glossary', id) }))

type Asked = { readonly typed: string; readonly found: Found | undefined; readonly exact: readonly Item[] }

/** The groups of the palette in their order; those that have nothing are left out. */
export function groupsOf(around: Surroundings, { typed, found, exact }: Asked): ItemGroup[] {
  const fit = fits(typed)
  const deeds: Item[] = around.actions.filter(({ kind }) => kind !== 'page')
  const shortcuts: Item = { label: 'Keyboard shortcuts', run: around.showShortcuts }
  const elsewhere: Item = { label: 'Sign in as someone else', href: paths.signIn() }
  const groups: ItemGroup[] = [
    { name: 'Exact', items: [...exact, ...(found?.hits ?? []).map(hitItem)] },
    { name: 'Keys', items: (found?.keys ?? []).map(hitItem) },
    { name: 'Pages', items: pages(around).filter(fit) },
    { name: 'Actions', items: deeds.filter(fit) },
    { name: 'Switch', items: [...regionItems(around), elsewhere].filter(fit) },
    { name: 'Help', items: [...[shortcuts].filter(fit), ...terms(typed)] },
  ]
  return groups.filter(({ items }) => items.length > 0)
}

import type { GlyphName } from '#components/glyphs/glyph.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

export type NavItem = {
  readonly label: string
  readonly href: string
  readonly glyph: GlyphName
  readonly under: string
  /** Below `under`, but another item's. */
  readonly except?: string
  /** Nothing below it is its own. */
  readonly exact?: true
  /** The section in which somebody may have to act: it carries a number then. */
  readonly waits?: 'rotation' | 'imports'
}
export type NavGroup = { readonly label: string; readonly items: readonly NavItem[] }

/** The console's sections: only what works. `under` is the beginning of every address that belongs to an item. */
export function navigation(scope: Scope): readonly NavGroup[] {
  const overview = paths.overview(scope)
  const keys = paths.keys(scope)
  const managed = paths.managedKeys(scope)
  const aliases = paths.aliases(scope)
  const grants = paths.grants(scope)
  const rotation = paths.rotation(scope)
  const imports = paths.imports(scope)
  const multiRegion = paths.multiRegion(scope)
  const keyUse = paths.keyUse(scope)
  const access = paths.access(scope.account)
  const identities = paths.identities(scope.account)
  const audit = paths.audit(scope.account)
  const integrity = paths.integrity(scope.account)
  const playground = paths.playground(scope)
  const labs = paths.labs()
  return [
    {
      label: 'Today',
      items: [{ label: 'Overview', href: overview, glyph: 'event', under: overview, exact: true }],
    },
    {
      label: 'Keys',
      items: [
        { label: 'Customer keys', href: keys, glyph: 'key', under: keys, except: managed },
        { label: 'AWS managed', href: managed, glyph: 'account', under: managed },
        { label: 'Aliases', href: aliases, glyph: 'alias', under: aliases },
        { label: 'Grants', href: grants, glyph: 'grant', under: grants },
        { label: 'Rotation', href: rotation, glyph: 'rotation', under: rotation, waits: 'rotation' },
        { label: 'Imports', href: imports, glyph: 'import', under: imports, waits: 'imports' },
        { label: 'Multi-Region', href: multiRegion, glyph: 'replica', under: multiRegion },
        { label: 'Key use', href: keyUse, glyph: 'checkpoint', under: keyUse },
      ],
    },
    {
      label: 'Access',
      items: [
        { label: 'Access explorer', href: access, glyph: 'policy', under: access },
        { label: 'Identities', href: identities, glyph: 'user', under: identities.replace(/\/[a-z]+$/, '') },
      ],
    },
    {
      label: 'Evidence',
      items: [
        { label: 'Audit log', href: audit, glyph: 'event', under: audit, except: integrity },
        { label: 'Log integrity', href: integrity, glyph: 'checkpoint', under: integrity },
      ],
    },
    {
      label: 'Try it',
      items: [
        {
          label: 'Playground',
          href: playground,
          glyph: 'material',
          under: playground.replace(/\/[a-z]+$/, ''),
        },
        { label: 'Labs', href: labs, glyph: 'checkpoint', under: labs },
      ],
    },
  ]
}

export const connectItem = (): NavItem => {
  const href = paths.connect()
  return { label: 'Connect an app', href, glyph: 'role', under: href }
}

export const helpItem = (): NavItem => {
  const href = paths.help()
  return { label: 'Help', href, glyph: 'policy', under: href }
}

/** Whether an address belongs to an item. */
export const isUnder = (pathname: string, { under, except, exact }: NavItem): boolean =>
  (pathname === under || (!exact && pathname.startsWith(`${under}/`))) && pathname !== except

import type { GlyphName } from '#components/glyphs/glyph.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

export type NavItem = {
  readonly label: string
  readonly href: string
  readonly glyph: GlyphName
  readonly under: string
}
export type NavGroup = { readonly label: string; readonly items: readonly NavItem[] }

/** The console's sections: only what works. `under` is the beginning of every address that belongs to an item. */
export function navigation(scope: Scope): readonly NavGroup[] {
  const keys = paths.keys(scope)
  const audit = paths.audit(scope.account)
  const playground = paths.playground(scope)
  return [
    { label: 'Keys', items: [{ label: 'Customer keys', href: keys, glyph: 'key', under: keys }] },
    { label: 'Evidence', items: [{ label: 'Audit log', href: audit, glyph: 'event', under: audit }] },
    {
      label: 'Try it',
      items: [
        {
          label: 'Playground',
          href: playground,
          glyph: 'material',
          under: playground.replace(/\/[a-z]+$/, ''),
        },
      ],
    },
  ]
}

export const connectItem = (): NavItem => {
  const href = paths.connect()
  return { label: 'Connect an app', href, glyph: 'role', under: href }
}

/** Whether an address belongs to an item. */
export const isUnder = (pathname: string, item: NavItem): boolean =>
  pathname === item.under || pathname.startsWith(`${item.under}/`)

'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useFlash } from '#components/ui/flash.tsx'
import { Menu, MenuChoice, MenuRule, MenuText } from '#components/ui/menu.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { wayTo } from './other-region.ts'

type ScopeSwitcherProps = {
  scope: Scope
  alias: string | null
  regions: readonly string[]
  onAccountPage: boolean
}

/** Account and Region, and the way to another Region: the same page there, or the nearest list, and it says so. */
export function ScopeSwitcher({ scope, alias, regions, onAccountPage }: ScopeSwitcherProps) {
  const pathname = usePathname()
  const router = useRouter()
  const flash = useFlash()

  async function choose(region: string) {
    if (onAccountPage) return router.push(paths.keys({ account: scope.account, region }))
    if (region === scope.region) return
    const { href, said } = await wayTo(pathname, scope, region)
    if (said) flash({ tone: 'ink', text: said })
    router.push(href)
  }

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Account ${scope.account}, Region ${scope.region}. Switch Region`}
          className="inline-flex h-7 min-w-0 items-center rounded-control border border-line-strong bg-surface text-table hover:bg-hover max-md:h-9"
        >
          <span className="truncate border-e border-line px-2.5 font-mono text-mono max-sm:hidden">
            {scope.account}
          </span>
          <span className="truncate px-2.5 font-medium">{scope.region}</span>
        </button>
      }
    >
      <MenuText>
        <span className="block text-label font-medium text-text3">Account</span>
        <span className="block font-mono text-mono text-text">{scope.account}</span>
        {alias && <span className="block">{alias}</span>}
      </MenuText>
      <MenuRule />
      <MenuChoice
        label="Region"
        value={scope.region}
        options={regions.map((value) => ({ value, label: value }))}
        onChange={(region) => void choose(region)}
      />
    </Menu>
  )
}

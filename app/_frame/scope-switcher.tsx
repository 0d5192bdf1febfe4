'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useFlash } from '#components/ui/flash.tsx'
import { Menu, MenuChoice, MenuRule, MenuText } from '#components/ui/menu.tsx'
import { inRegion, paths, type Scope } from '#lib/console/paths.ts'

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

  function choose(region: string) {
    if (region === scope.region && !onAccountPage) return
    const target = inRegion(pathname, { account: scope.account, region })
    const climbed = !onAccountPage && pathname.split('/').length > target.split('/').length
    if (climbed)
      flash({ tone: 'ink', text: `That page belongs to ${scope.region}. Showing keys in ${region}.` })
    router.push(onAccountPage ? paths.keys({ account: scope.account, region }) : target)
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
        onChange={choose}
      />
    </Menu>
  )
}

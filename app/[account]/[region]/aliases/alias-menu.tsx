'use client'

import { Ellipsis } from 'lucide-react'
import { useOfflineReason } from '#components/connection.tsx'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { ListedAlias } from './alias-search.ts'
import type { AliasDeed } from './alias-table.tsx'

type AliasMenuProps = { scope: Scope; alias: ListedAlias; onAsk: (deed: AliasDeed) => void }

/** What can be done with an alias of the list. Who may is for the engine to say. */
export function AliasMenu({ scope, alias, onAsk }: AliasMenuProps) {
  const { copy } = useCopy()
  const offline = useOfflineReason()
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Actions for ${alias.AliasName}`}
          className="size-6 text-text2 max-md:size-11 max-md:justify-end"
        >
          <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuItem href={paths.key(scope, alias.TargetKeyId)}>Open the key</MenuItem>
      <MenuItem onSelect={() => copy(alias.AliasArn)}>Copy ARN</MenuItem>
      <MenuRule />
      <MenuItem reason={offline} onSelect={() => onAsk('repoint')}>
        Repoint
      </MenuItem>
      <MenuItem danger reason={offline} onSelect={() => onAsk('delete')}>
        Delete
      </MenuItem>
    </Menu>
  )
}

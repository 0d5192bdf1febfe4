'use client'

import { Ellipsis } from 'lucide-react'
import { useOfflineReason } from '#components/connection.tsx'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import type { Ending } from './end-grant.tsx'
import { grantTitle, type ShownGrant } from './grant-words.ts'

type GrantMenuProps = { grant: ShownGrant; onOpen: () => void; onEnd: (ending: Ending) => void }

/** What can be done with a grant of a list. Who may is for the engine to say. */
export function GrantMenu({ grant, onOpen, onEnd }: GrantMenuProps) {
  const { copy } = useCopy()
  const offline = useOfflineReason()
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Actions for ${grantTitle(grant)}`}
          className="size-6 text-text2 max-md:size-11 max-md:justify-end"
        >
          <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuItem onSelect={onOpen}>View grant</MenuItem>
      <MenuItem onSelect={() => copy(grant.GrantId)}>Copy grant ID</MenuItem>
      <MenuRule />
      <MenuItem reason={offline} onSelect={() => onEnd('retire')}>
        Retire grant
      </MenuItem>
      <MenuItem danger reason={offline} onSelect={() => onEnd('revoke')}>
        Revoke grant
      </MenuItem>
    </Menu>
  )
}

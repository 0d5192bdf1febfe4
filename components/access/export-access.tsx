'use client'

import { ChevronDown } from 'lucide-react'
import { saveFile } from '#components/playground/save-file.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuText } from '#components/ui/menu.tsx'
import type { ExportFormat } from '#lib/console/exported.ts'
import { count } from '#lib/console/format.ts'
import { accessFile } from './access-file.ts'
import type { WhoCan } from './matrix-words.ts'

/** The matrix as a file: what is on the screen, with the moment and the policy version it was computed at. */
export function ExportAccess({ whoCan }: { whoCan: WhoCan }) {
  const save = (format: ExportFormat) =>
    void accessFile(format, whoCan).then((text) => saveFile(`access-${whoCan.KeyId}.${format}`, text))
  return (
    <Menu
      trigger={
        <Button>
          Export
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuText>
        {count(whoCan.Rows.length, 'principal')}, policy v{whoCan.PolicyVersion}
      </MenuText>
      <MenuItem onSelect={() => save('csv')}>CSV</MenuItem>
      <MenuItem onSelect={() => save('json')}>JSON</MenuItem>
    </Menu>
  )
}

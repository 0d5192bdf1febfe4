'use client'

import Link from 'next/link'
import { Note } from '#components/ui/hint.tsx'
import { paths } from '#lib/console/paths.ts'
import { useWizard } from './wizard-context.tsx'

/** On the steps about people, once the policy was edited by hand. */
export function EditedPolicyNote({ readable }: { readable: boolean }) {
  const { draft, setting } = useWizard()
  if (draft.policy === null) return null
  const editor = (
    <Link href={paths.newKey(setting.scope, 'policy')} className="link">
      Edit key policy
    </Link>
  )
  if (!readable) {
    return (
      <Note tone="vermilion" role="alert" className="max-w-form">
        The policy can’t be read, so its people can’t be shown or changed here. Correct it under {editor}, or
        restore the generated one there.
      </Note>
    )
  }
  return (
    <Note tone="brass" className="max-w-form">
      This policy was edited. Changing people here edits only the generated statements; {editor} shows all of
      it.
    </Note>
  )
}

'use client'

import { useState } from 'react'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { shortId } from '#lib/console/format.ts'
import { aliasFault, withoutPrefix } from './alias-fault.ts'
import { AliasField } from './alias-field.tsx'
import type { Made } from './made.ts'
import { useCreation } from './use-creation.ts'
import { useAliasCheck } from './use-taken-alias.ts'
import { useWizard } from './wizard-context.tsx'

/** The key is there and its alias is not: why, and another try, under the same name or another. */
export function RetryAlias({ made }: { made: Made }) {
  const { setting } = useWizard()
  const { progress, retryAlias } = useCreation()
  const [alias, setAlias] = useState(withoutPrefix(made.alias))
  const check = useAliasCheck(setting.scope, alias)
  const fault = aliasFault(alias) ?? check.taken
  return (
    <form
      method="post"
      noValidate
      className="max-w-form space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!fault) void retryAlias(made, `alias/${alias}`)
      }}
    >
      {made.aliasRefusal && (
        <MutationError
          refusal={made.aliasRefusal}
          what={`Key ${shortId(made.keyId)} was created. The alias wasn’t.`}
        />
      )}
      <AliasField value={alias} onChange={setAlias} check={check} tried={false} />
      <Button
        type="submit"
        size="form"
        variant="primary"
        pending={progress === 'alias'}
        pendingLabel="Creating alias…"
        reason={fault}
      >
        Retry alias
      </Button>
    </form>
  )
}

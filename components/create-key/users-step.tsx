'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { EditedPolicyNote } from './edited-policy-note.tsx'
import { OtherAccounts } from './other-accounts.tsx'
import { overlap, overlapText } from './policy-people.ts'
import { PrincipalPicker } from './principal-picker.tsx'
import { usePeople } from './use-people.ts'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

const USE_WORDS: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Users encrypt and decrypt with the key.',
  SIGN_VERIFY: 'Users sign and verify with the key, and read its public key.',
  GENERATE_VERIFY_MAC: 'Users generate and verify MACs with the key.',
  KEY_AGREEMENT: 'Users derive shared secrets with the key, and read its public key.',
  ENCAPSULATE_DECAPSULATE: 'Users encapsulate and decapsulate secrets with the key, and read its public key.',
}

/** Step 4: who encrypts and decrypts with the key. */
export function UsersStep() {
  const { people, readable, change } = usePeople()
  const { users, accounts, grants } = people
  const both = overlap(people)
  const { draft, setting } = useWizard()
  const required = setting.requireSeparation
  return (
    <StepForm>
      <Hint>{USE_WORDS[draft.keyUsage]} They can’t change it, or who may use it.</Hint>
      <EditedPolicyNote readable={readable} />
      {readable && (
        <>
          <PrincipalPicker
            label="Key users"
            chosen={users}
            onChange={(arns) => change({ users: arns })}
            warning={(arn) => (both.includes(arn) ? overlapText(arn) : undefined)}
          />
          {both.length > 0 && (
            <Note tone={required ? 'vermilion' : 'brass'} role="status" className="max-w-form">
              {both.map((arn) => (
                <p key={arn}>{overlapText(arn)}</p>
              ))}
              <p className="text-text2">
                {required
                  ? 'This installation requires separation of duties: the key can’t be created like this.'
                  : 'Keep management and use apart where you can: then no one person can do both unseen.'}
              </p>
            </Note>
          )}
          <OtherAccounts accounts={accounts} onChange={(next) => change({ accounts: next })} />
          <Checkbox
            label="Allow use by integrated services through grants"
            help="Lets these users have an AWS service use the key for them, with grants that only the service can ask for."
            checked={grants}
            onChange={(event) => change({ grants: event.target.checked })}
          />
        </>
      )}
    </StepForm>
  )
}

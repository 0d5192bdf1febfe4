'use client'

import { useEffect, useRef } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { Breadcrumbs, Section } from '#components/page-header.tsx'
import { firstRequest, operationFor } from '#components/playground/fitting-operation.ts'
import { CodeTabs, ShowAsCode } from '#components/show-as-code.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { MadeLines } from './creation-lines.tsx'
import type { Made } from './made.ts'
import { creationRequests } from './requests.ts'
import { RetryAlias } from './retry-alias.tsx'
import { useWizard } from './wizard-context.tsx'

/** What was made, with its evidence, and what to do with it. */
export function CreatedKey({ made }: { made: Made }) {
  const { setting, owner, draft } = useWizard()
  const { scope, endpoint } = setting
  const place = { endpoint, region: scope.region }
  // Such a key waits for its material, and cannot be tried before.
  const imported = draft.origin === 'EXTERNAL'
  const name = made.aliasDone ? made.alias : made.keyId
  const first = firstRequest(name, draft.keySpec, draft.keyUsage)
  return (
    <>
      <header className="mb-3">
        <Breadcrumbs
          crumbs={[
            { label: scope.region, href: paths.keys(scope) },
            { label: 'Keys', href: paths.keys(scope) },
            { label: 'Create key' },
          ]}
        />
        <div className="flex flex-wrap items-center gap-3">
          <ArrivalHeading>{made.aliasDone ? 'Key created' : 'Key created, without its alias'}</ArrivalHeading>
          <div className="ms-auto flex flex-wrap items-center gap-3 max-md:ms-0">
            <LinkButton href={paths.newKey(scope)}>Create another key</LinkButton>
            <ShowAsCode snippets={snippetsFor(creationRequests(draft, owner), place)} />
            {imported ? (
              <>
                <LinkButton href={paths.keyRoot(scope, made.keyId)}>Open key</LinkButton>
                <LinkButton variant="primary" href={paths.importMaterial(scope, made.keyId)}>
                  Import key material
                </LinkButton>
              </>
            ) : (
              <>
                <LinkButton href={paths.playground(scope, operationFor(draft.keyUsage), { key: name })}>
                  Try it
                </LinkButton>
                <LinkButton variant="primary" href={paths.keyRoot(scope, made.keyId)}>
                  Open key
                </LinkButton>
              </>
            )}
          </div>
        </div>
      </header>
      <div className="space-y-7">
        <div className="space-y-4">
          <MadeLines made={made} account={scope.account} />
          {!made.aliasDone && <RetryAlias made={made} />}
        </div>
        <Section title="The key">
          <Facts
            columns={1}
            facts={[
              {
                term: 'Name',
                value: (
                  <KeyName
                    keyId={made.keyId}
                    alias={made.aliasDone ? made.alias : undefined}
                    href={paths.keyRoot(scope, made.keyId)}
                  />
                ),
              },
              { term: 'Key ID', value: <Identifier value={made.keyId} name="key ID" /> },
              { term: 'ARN', value: <Identifier value={made.arn} name="ARN" /> },
            ]}
          />
        </Section>
        <Section title={`${first.title} from a program`}>
          <div className="max-w-form">
            <CodeTabs snippets={snippetsFor([first.request], place)} />
          </div>
        </Section>
      </div>
    </>
  )
}

/** The address stays when the key is made, so this heading takes focus by itself. */
function ArrivalHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h1 ref={heading} tabIndex={-1} className="min-w-0 text-page">
      {children}
    </h1>
  )
}

'use client'

import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { CodeTabs } from '#components/show-as-code.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Field } from '#components/ui/field.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Select } from '#components/ui/input.tsx'
import { connectSnippets } from '#lib/console/connect-snippets.ts'
import type { Scope } from '#lib/console/paths.ts'
import { FirstCall } from './first-call.tsx'
import { NewAccessKey } from './new-access-key.tsx'

type ConnectProps = { scope: Scope; regions: readonly string[]; endpoint: string; since: number }

/** Endpoint, access key, lines to copy, and the first call when it comes. */
export function Connect({ scope, regions, endpoint, since }: ConnectProps) {
  const [region, setRegion] = useState(scope.region)
  const [accessKeyId, setAccessKeyId] = useState<string>()
  return (
    <div className="max-w-[860px]">
      <Facts
        columns={3}
        className="mb-6"
        facts={[
          { term: 'Endpoint', value: <Identifier value={endpoint} name="endpoint" /> },
          { term: 'Account', value: <Identifier value={scope.account} name="account ID" /> },
          {
            term: 'Certificate',
            value: endpoint.startsWith('https:')
              ? 'As configured by KEYHOUSE_TLS_CERT'
              : 'None: plain HTTP on this machine',
          },
        ]}
      />
      <FirstCall account={scope.account} region={scope.region} since={since} />
      <Section title="Access key">
        <NewAccessKey onMade={setAccessKeyId} />
      </Section>
      <Section title="Lines to copy">
        {regions.length > 1 && (
          <Field label="Region" className="mb-3 max-w-64">
            {(control) => (
              <Select {...control} value={region} onChange={(event) => setRegion(event.target.value)}>
                {regions.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <CodeTabs snippets={connectSnippets({ endpoint, region, ...(accessKeyId && { accessKeyId }) })} />
      </Section>
    </div>
  )
}

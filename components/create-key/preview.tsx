'use client'

import { CodeTabs } from '#components/show-as-code.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { PanelTabs } from '#components/ui/panel-tabs.tsx'
import { snippetsFor } from '#lib/console/snippets.ts'
import { DraftFacts } from './draft-facts.tsx'
import { policyOf } from './policy-people.ts'
import { creationRequests } from './requests.ts'
import { useWizard } from './wizard-context.tsx'

/** What will be made, as it stands now: in words, as the policy, as code. Below 1280 px it stands under the form. */
export function Preview() {
  const { setting, owner, draft } = useWizard()
  const place = { endpoint: setting.endpoint, region: setting.scope.region }
  return (
    <aside aria-label="Preview" className="w-[360px] shrink-0 max-xl:mt-9 max-xl:w-full max-xl:max-w-form">
      <div className="xl:sticky xl:top-[60px] xl:max-h-[calc(100dvh-80px)] xl:overflow-y-auto xl:border-s xl:border-line xl:ps-4">
        <PanelTabs
          label="Preview"
          tabs={[
            { id: 'summary', label: 'Summary', content: <Summary /> },
            {
              id: 'policy',
              label: 'Policy JSON',
              content: <CodeBlock code={policyOf(draft, owner)} label="key policy" />,
            },
            {
              id: 'code',
              label: 'Code',
              content: <CodeTabs snippets={snippetsFor(creationRequests(draft, owner), place)} />,
            },
          ]}
        />
      </div>
    </aside>
  )
}

function Summary() {
  return (
    <div className="space-y-4">
      <DraftFacts
        columns={1}
        sections={(_, facts) => <div className="border-b border-line pb-4 last:border-0">{facts}</div>}
      />
    </div>
  )
}

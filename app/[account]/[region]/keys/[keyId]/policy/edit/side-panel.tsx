'use client'

import { CasesPanel, failuresIn, useCases } from '#components/policy/cases-panel.tsx'
import type { Finding } from '#components/policy/findings.ts'
import { FindingsPanel } from '#components/policy/findings-panel.tsx'
import type { PolicyKnowledge } from '#components/policy/policy-words.ts'
import { Simulate } from '#components/policy/simulate.tsx'
import { questionOf, simulatedOf } from '#components/policy/simulation.ts'
import type { Findings } from '#components/policy/use-findings.ts'
import type { Simulation } from '#components/policy/use-simulation.ts'
import { MutationError } from '#components/states.tsx'
import { PanelTabs } from '#components/ui/panel-tabs.tsx'
import { useAction } from '#components/use-action.ts'
import { pinCase, removeCase } from '../actions.ts'
import type { PolicyPlace } from '../policy-place.ts'

export type Tab = 'checks' | 'simulate' | 'cases'

type SidePanelProps = {
  place: PolicyPlace
  knowledge: PolicyKnowledge
  text: string
  findings: Findings
  simulation: Simulation
  askable: boolean
  tab: Tab
  onTab: (tab: Tab) => void
  onGo: ((position: number) => void) | undefined
  onGoStatement: ((statement: number) => void) | undefined
  onFix: ((finding: Finding) => void) | undefined
}

/** What is said about the draft: checks, a simulation, and the cases that are pinned to the key. */
export function SidePanel(props: SidePanelProps) {
  const { place, knowledge, text, findings, simulation, askable, tab, onTab, onGo, onGoStatement, onFix } =
    props
  const { scope, reference } = place
  const cases = useCases(scope, reference, text, askable)
  const pin = useAction(pinCase, {
    account: scope.account,
    done: (_, { input }) => `The case ${input.Name} is pinned.`,
    after: () => onTab('cases'),
  })
  const removal = useAction(removeCase, { account: scope.account, done: () => 'The case is removed.' })
  const failures = failuresIn(cases.results)
  function onPin(Name: string, allowed: boolean) {
    const { KeyId: _, ...asked } = questionOf(simulation.asked ?? simulation.form, reference)
    const Expected = allowed ? 'allowed' : 'denied'
    void pin.run({ region: scope.region, input: { ...asked, KeyId: reference, Name, Expected } })
  }
  return (
    <PanelTabs
      label="About the draft"
      value={tab}
      onChange={(id) => onTab(id === 'simulate' || id === 'cases' ? id : 'checks')}
      tabs={[
        {
          id: 'checks',
          label: `Checks ${findings.findings.length}`,
          content: <FindingsPanel text={text} state={findings} onGo={onGo} onFix={onFix} />,
        },
        {
          id: 'simulate',
          label: 'Simulate',
          content: (
            <>
              <Simulate
                simulation={simulation}
                knowledge={knowledge}
                account={scope.account}
                onGo={onGoStatement}
                onPin={onPin}
                pinning={pin.pending}
              />
              {pin.refusal && <MutationError refusal={pin.refusal} what="The case was not pinned." />}
            </>
          ),
        },
        {
          id: 'cases',
          label:
            failures > 0 ? `Pinned cases: ${failures} fail` : `Pinned cases ${cases.results?.length ?? ''}`,
          content: (
            <>
              <CasesPanel
                cases={cases}
                onOpen={(one) => {
                  simulation.ask(simulatedOf(one))
                  onTab('simulate')
                }}
                onDelete={(id) => void removal.run({ region: scope.region, key: reference, id })}
              />
              {removal.refusal && (
                <MutationError refusal={removal.refusal} what="The case was not removed." />
              )}
            </>
          ),
        },
      ]}
    />
  )
}

import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'

/** A range that nothing can be in, and the way out of it. */
export const ImpossibleRange = ({ fault, onReset }: { fault: string; onReset: () => void }) => (
  <Note tone="brass" role="alert" className="mb-3 max-w-form space-y-1.5">
    <p className="font-semibold">Nothing can be in this range.</p>
    <p>{fault}</p>
    <Button onClick={onReset}>Last 6 hours</Button>
  </Note>
)

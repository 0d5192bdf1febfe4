import { Hint } from '#components/ui/hint.tsx'
import { ENDING_WORDS } from './end-grant.tsx'

/** What every list of grants says above its rows. */
export const GrantNotes = () => (
  <div className="mb-3 space-y-0.5">
    <Hint>Grants only allow. They can’t deny.</Hint>
    <Hint>{ENDING_WORDS.revoke}</Hint>
    <Hint>{ENDING_WORDS.retire}</Hint>
  </div>
)

/** What the help of the audit log's filter shows. */
export const FILTER_HELP = [
  {
    filter: 'outcome:denied key:alias/payments',
    finds: 'What was refused on a key, by whichever alias it was called.',
  },
  {
    filter: 'event:PutKeyPolicy,CreateGrant actor:user/alice',
    finds: 'Either of two events, by one person.',
  },
  { filter: 'ctx.tenant:acme -ip:10.0.0.0/8', finds: 'One encryption context, from outside of a network.' },
  {
    filter: 'error:DisabledException alias:alias/backups/*',
    finds: 'One error, under any alias that begins so.',
  },
  { filter: '(outcome:denied OR outcome:error) class:crypto', finds: 'Use of keys that did not work out.' },
] as const

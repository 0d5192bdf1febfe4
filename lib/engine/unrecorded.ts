/**
 * The operations that leave no event, each with its reason. Everything else that is authenticated is recorded (R55),
 * but for calls over a request quota: of those, one a minute is an event and the others are counted with the refused
 * connections (lib/engine/throttle.ts).
 */
export const UNRECORDED = {
  'Keyhouse.Capabilities': 'facts of the installation, asked for by every page',
  'Keyhouse.WatchConnection': 'a poll that waits for events: recording it would feed the log with itself',
  'Keyhouse.LabProgress': 'the same, in the sample account alone',
  'Keyhouse.GoOnReading':
    'asked for every batch of a live tail and every page of an export; their beginning is recorded, and a tail’s end',
  'Keyhouse.CheckExport':
    'asks whether an export could be made and gives nothing out; the export is recorded',
  'Keyhouse.LintKeyPolicy':
    'asked with every pause of whoever writes a policy; says only what the text and names amount to',
  'Keyhouse.LintIdentityPolicy': 'the same for identity and trust policies',
  'Keyhouse.RunPolicyCases':
    'asked with every pause of whoever writes a policy; the cases are recorded when they are pinned',
  'Keyhouse.ExplainAccess':
    'asked while people type, and for every button of a screen; compares versions by itself',
  'Keyhouse.WhoCan': 'asked with every edit of a draft; compares versions by itself',
  'Keyhouse.CompareAccess': 'asked with every edit of a draft; compares versions by itself',
  'Keyhouse.PreviewAccess': 'asked with every edit of a draft of a key that is not there',
  'Keyhouse.Attention': 'asked by every look at the overview; compares versions by itself',
  'Keyhouse.GetLogState': 'asked by the pill of every screen; says nothing of anybody',
  'Keyhouse.VerifyLog':
    'hundreds of pieces of one look, each of which would add to what is being verified; what it finds is recorded',
  'Keyhouse.CountEvents':
    'one look at the log asks it beside SearchEvents, which is recorded and says more; compares versions by itself',
  'Keyhouse.EventHistogram': 'the same',
  'Keyhouse.EventFacets': 'the same',
  'Keyhouse.KeysOf': 'asked as people look from one principal to the next; compares versions by itself',
} as const

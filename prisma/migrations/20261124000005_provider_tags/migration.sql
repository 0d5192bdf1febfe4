-- Tags of identity providers, by key: few, and only ever read with their provider.
ALTER TABLE keyhouse.identity_provider
  ADD COLUMN tags jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(tags) = 'object');

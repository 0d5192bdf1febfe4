-- Every kind of key: public keys, multi-Region families, imported material, grants, tombstones, and time for tests.

ALTER TABLE keyhouse.key
  -- DER SubjectPublicKeyInfo of an asymmetric key; null until material is there.
  ADD COLUMN public_key bytea,
  -- Of a multi-Region key: where its primary is, and every Region that holds a member, in order. All members say
  -- the same, and change together.
  ADD COLUMN primary_region text,
  ADD COLUMN member_regions text[] NOT NULL DEFAULT '{}',
  -- Days that a primary will wait once its last replica is gone (PendingReplicaDeletion).
  ADD COLUMN pending_window_days integer CHECK (pending_window_days BETWEEN 7 AND 30),
  ADD CHECK (multi_region = (primary_region IS NOT NULL)),
  ADD CHECK (multi_region = (cardinality(member_regions) > 0)),
  ADD CHECK (NOT multi_region OR (region = ANY (member_regions) AND primary_region = ANY (member_regions))),
  ADD CHECK (multi_region = (id LIKE 'mrk-%')),
  ADD CHECK ((state = 'PendingReplicaDeletion') = (pending_window_days IS NOT NULL));
-- Due work looks here.
CREATE INDEX key_deletion_due ON keyhouse.key (deletion_at) WHERE deletion_at IS NOT NULL;
CREATE INDEX key_settling ON keyhouse.key (account_id, region, id) WHERE state IN ('Creating', 'Updating')
  OR (region <> primary_region AND current_material_id IS NULL);

ALTER TABLE keyhouse.key_material
  -- Null while imported bytes are not here: never imported to this Region yet, deleted, or expired.
  ALTER COLUMN sealed DROP NOT NULL,
  ALTER COLUMN check_value DROP NOT NULL,
  ADD COLUMN import_state text CHECK (import_state IN ('IMPORTED', 'PENDING_IMPORT')),
  ADD COLUMN description text CHECK (char_length(description) <= 256),
  ADD COLUMN expiration_model text CHECK (expiration_model IN ('KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE')),
  ADD COLUMN valid_to timestamptz,
  ADD CHECK ((sealed IS NULL) = (check_value IS NULL)),
  ADD CHECK ((sealed IS NULL) = (import_state IS NOT DISTINCT FROM 'PENDING_IMPORT')),
  ADD CHECK ((expiration_model IS NOT DISTINCT FROM 'KEY_MATERIAL_EXPIRES') = (valid_to IS NOT NULL)),
  ADD CHECK (sealed IS NOT NULL OR expiration_model IS NULL),
  DROP CONSTRAINT key_material_state_check,
  ADD CONSTRAINT key_material_state_check CHECK (state IN ('CURRENT', 'NON_CURRENT', 'PENDING_ROTATION',
    'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'));
CREATE INDEX key_material_expiry ON keyhouse.key_material (valid_to) WHERE valid_to IS NOT NULL;
-- One material at a time waits for its rotation.
CREATE UNIQUE INDEX key_material_pending ON keyhouse.key_material (account_id, region, key_id)
  WHERE state IN ('PENDING_ROTATION', 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION');

-- A permission that hangs on the key instead of standing in its policy.
CREATE TABLE keyhouse.key_grant (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  id text NOT NULL CHECK (id ~ '^[0-9a-f]{64}$'),
  name text NOT NULL DEFAULT '' CHECK (char_length(name) <= 256),
  -- An ARN, or the DNS name of a service.
  grantee text NOT NULL,
  grantee_kind text NOT NULL CHECK (grantee_kind IN ('AWS', 'Service')),
  retiring text,
  retiring_kind text CHECK (retiring_kind IN ('AWS', 'Service')),
  -- Of the account that made the grant: its root's ARN, as ListGrants shows it.
  issuing_account text NOT NULL,
  -- Who made it.
  created_by text NOT NULL,
  operations text[] NOT NULL CHECK (cardinality(operations) > 0),
  -- JSON with AWS's member names, or null.
  constraints text,
  created_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  -- HMAC over the columns above: a grant that was written behind our back permits nothing (R15).
  row_mac bytea NOT NULL CHECK (octet_length(row_mac) = 32),
  PRIMARY KEY (account_id, region, key_id, id),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE,
  CHECK ((retiring IS NULL) = (retiring_kind IS NULL))
);
CREATE INDEX key_grant_grantee ON keyhouse.key_grant (account_id, region, key_id, grantee);
CREATE INDEX key_grant_retiring ON keyhouse.key_grant (retiring, region) WHERE retiring IS NOT NULL;
-- A CreateGrant that is sent again finds what it made by its name.
CREATE INDEX key_grant_name ON keyhouse.key_grant (account_id, region, key_id, name) WHERE name <> '';
CREATE INDEX key_grant_created ON keyhouse.key_grant (account_id, region, key_id, created_at, id);

-- What GetParametersForImport gave out: a wrapping key pair for one import, good for 24 hours.
CREATE TABLE keyhouse.import_session (
  id uuid PRIMARY KEY,
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  wrapping_algorithm text NOT NULL,
  wrapping_key_spec text NOT NULL,
  private_key_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  expires_at timestamptz NOT NULL,
  -- When material came in with it; a session is good once.
  used_at timestamptz,
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE
);
CREATE INDEX import_session_key ON keyhouse.import_session (account_id, region, key_id);
CREATE INDEX import_session_expiry ON keyhouse.import_session (expires_at);

-- What is left of a deleted key: that it was, never its material. A replica may be made and deleted again.
CREATE TABLE keyhouse.deleted_key (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  region text NOT NULL,
  id text NOT NULL,
  deleted_at timestamptz NOT NULL,
  spec text NOT NULL,
  usage text NOT NULL,
  origin text NOT NULL,
  multi_region boolean NOT NULL,
  description text NOT NULL,
  -- As they were when the key went.
  aliases text[] NOT NULL,
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (account_id, region, id, deleted_at)
);

-- A clock that tests may move forward; chosen before there is any data, and for good.
ALTER TABLE keyhouse.installation ADD COLUMN manual_clock boolean NOT NULL DEFAULT false;

-- The last time that due work saw, by the database's clock: a jump stops destructive work until acknowledged (R71).
ALTER TABLE keyhouse.clock
  ADD COLUMN seen_at timestamptz,
  -- Then, on the machine that looked: which run of it that was, and how long it had been up, sleep included.
  ADD COLUMN seen_boot text,
  ADD COLUMN seen_steady_ms bigint,
  ADD COLUMN jumped_at timestamptz;

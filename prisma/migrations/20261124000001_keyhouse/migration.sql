-- The rows of Keyhouse: accounts, principals, keys, and what hangs on them.
-- prisma/schema.prisma describes the same tables for the client; a test compares the two.
-- Sealed bytes (…sealed) are opaque here: lib/crypto draws their format, and the root key is never in this database.

CREATE SCHEMA IF NOT EXISTS keyhouse;

-- One row: what makes these tables one installation.
CREATE TABLE keyhouse.installation (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- HMAC check value of the root key: compared before anything is unwrapped (R3, R10).
  root_key_check bytea NOT NULL CHECK (octet_length(root_key_check) = 8),
  -- SHA-256 of the one-time set-up token; null once it was used.
  setup_token_hash bytea CHECK (octet_length(setup_token_hash) = 32),
  setup_expires_at timestamptz,
  set_up_at timestamptz,
  -- SHA-256 of the seed file that was applied; a seed is applied once.
  seed_hash bytea CHECK (octet_length(seed_hash) = 32),
  CHECK ((setup_token_hash IS NULL) = (setup_expires_at IS NULL)),
  CHECK (setup_token_hash IS NULL OR set_up_at IS NULL)
);

-- Time that decides rotation, deletion and expiry: the database's clock plus this offset.
CREATE TABLE keyhouse.clock (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  offset_ms bigint NOT NULL DEFAULT 0
);
INSERT INTO keyhouse.clock DEFAULT VALUES;

CREATE FUNCTION keyhouse.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT clock_timestamp() + (SELECT offset_ms FROM keyhouse.clock) * interval '1 millisecond' $$;

-- Keys that wrap records. The root key wraps these; they wrap everything else.
CREATE TABLE keyhouse.domain_key (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('installation', 'account', 'region')),
  account_id text,
  region text,
  version integer NOT NULL CHECK (version > 0),
  sealed bytea NOT NULL,
  check_value bytea NOT NULL CHECK (octet_length(check_value) = 8),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((scope = 'installation') = (account_id IS NULL)),
  CHECK ((scope = 'region') = (region IS NOT NULL)),
  UNIQUE NULLS NOT DISTINCT (scope, account_id, region, version)
);

CREATE TABLE keyhouse.account (
  id text PRIMARY KEY CHECK (id ~ '^[0-9]{12}$'),
  alias text UNIQUE CHECK (alias ~ '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$' AND alias !~ '^[0-9]{12}$'),
  regions text[] NOT NULL CHECK (cardinality(regions) > 0),
  -- Moves with every change to who the account's principals are or what they may do (R52).
  epoch bigint NOT NULL DEFAULT 1,
  sample boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  disabled_at timestamptz
);

-- Policy texts by content: never changed, never deleted, so that every decision can be explained later.
CREATE TABLE keyhouse.policy_document (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (hash = sha256(convert_to(body, 'UTF8')))
);

CREATE TABLE keyhouse.principal (
  -- AIDA… for a user; the account id for the account root, as AWS prints it.
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  kind text NOT NULL CHECK (kind IN ('root', 'user')),
  name text NOT NULL CHECK (CASE kind WHEN 'root' THEN name = 'root' ELSE name ~ '^[A-Za-z0-9_+=,.@-]{1,64}$' END),
  path text NOT NULL DEFAULT '/',
  -- argon2id in PHC form; null for a principal that cannot sign in.
  password text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (kind <> 'root' OR id = account_id)
);
-- IAM names differ by more than case.
CREATE UNIQUE INDEX principal_name ON keyhouse.principal (account_id, kind, lower(name));

CREATE TABLE keyhouse.principal_policy (
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,128}$'),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  PRIMARY KEY (principal_id, name)
);

CREATE TABLE keyhouse.access_key (
  id text PRIMARY KEY CHECK (id ~ '^[A-Z0-9]{16,128}$'),
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  secret_sealed bytea NOT NULL,
  status text NOT NULL DEFAULT 'Active' CHECK (status IN ('Active', 'Inactive')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX access_key_principal ON keyhouse.access_key (principal_id);

CREATE TABLE keyhouse.key (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  region text NOT NULL,
  id text NOT NULL CHECK (id ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$'),
  spec text NOT NULL,
  usage text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE')),
  manager text NOT NULL DEFAULT 'CUSTOMER' CHECK (manager IN ('CUSTOMER', 'AWS')),
  multi_region boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('Creating', 'Enabled', 'Disabled', 'PendingDeletion', 'PendingImport',
    'PendingReplicaDeletion', 'Unavailable', 'Updating')),
  description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 8192),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  current_material_id text CHECK (current_material_id ~ '^[0-9a-f]{64}$'),
  deletion_at timestamptz,
  rotation_enabled boolean NOT NULL DEFAULT false,
  rotation_period_days integer CHECK (rotation_period_days BETWEEN 90 AND 2560),
  next_rotation_at timestamptz,
  on_demand_rotations integer NOT NULL DEFAULT 0 CHECK (on_demand_rotations BETWEEN 0 AND 25),
  -- A seed gave this key its material: good for tests, never for production.
  fixed_material boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  created_by text NOT NULL,
  -- Moves with every change to the key, its policy, aliases, tags or grants (R15, R52).
  row_version bigint NOT NULL DEFAULT 1 CHECK (row_version > 0),
  -- HMAC over the columns above and the version, so that an edit behind our back is refused on load (R15).
  row_mac bytea NOT NULL CHECK (octet_length(row_mac) = 32),
  PRIMARY KEY (account_id, region, id),
  CHECK ((state = 'PendingDeletion') = (deletion_at IS NOT NULL)),
  CHECK (NOT rotation_enabled OR (rotation_period_days IS NOT NULL AND next_rotation_at IS NOT NULL))
);
CREATE INDEX key_rotation_due ON keyhouse.key (next_rotation_at) WHERE rotation_enabled;
CREATE INDEX key_created ON keyhouse.key (account_id, region, created_at, id);

CREATE TABLE keyhouse.key_material (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  -- SHA-256 over key id and material: lib/crypto/material-id.ts.
  id text NOT NULL CHECK (id ~ '^[0-9a-f]{64}$'),
  sealed bytea NOT NULL,
  check_value bytea NOT NULL CHECK (octet_length(check_value) = 8),
  state text NOT NULL CHECK (state IN ('CURRENT', 'NON_CURRENT')),
  rotation_type text CHECK (rotation_type IN ('AUTOMATIC', 'ON_DEMAND')),
  rotated_at timestamptz,
  -- When an automatic rotation was due: unique, so that two sweeps make one material.
  due_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  PRIMARY KEY (account_id, region, key_id, id),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE,
  UNIQUE (account_id, region, key_id, due_at),
  CHECK ((rotation_type IS NULL) = (rotated_at IS NULL))
);
-- A ciphertext names its material; this finds the key.
CREATE INDEX key_material_id ON keyhouse.key_material (id, region);
CREATE UNIQUE INDEX key_material_current ON keyhouse.key_material (account_id, region, key_id) WHERE state = 'CURRENT';

CREATE TABLE keyhouse.alias (
  account_id text NOT NULL,
  region text NOT NULL,
  -- With its prefix: alias/payments.
  name text NOT NULL CHECK (name ~ '^alias/[a-zA-Z0-9:/_-]+$' AND char_length(name) <= 256),
  key_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  updated_at timestamptz NOT NULL DEFAULT keyhouse.now(),
  row_mac bytea NOT NULL CHECK (octet_length(row_mac) = 32),
  PRIMARY KEY (account_id, region, name),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE
);
CREATE INDEX alias_key ON keyhouse.alias (account_id, region, key_id);

CREATE TABLE keyhouse.key_tag (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  tag_key text NOT NULL CHECK (char_length(tag_key) BETWEEN 1 AND 128),
  tag_value text NOT NULL CHECK (char_length(tag_value) <= 256),
  PRIMARY KEY (account_id, region, key_id, tag_key),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE
);

-- A creating call and what it made, so that an SDK's retry does not make it twice (R40). Never a response body.
CREATE TABLE keyhouse.idempotency (
  account_id text NOT NULL,
  access_key_id text NOT NULL,
  invocation_id text NOT NULL,
  action text NOT NULL,
  body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
  resource_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, access_key_id, invocation_id, action, body_hash)
);
CREATE INDEX idempotency_age ON keyhouse.idempotency (created_at);

-- Who does the due work now. The fencing token only grows; effects are unique by key besides (R69).
CREATE TABLE keyhouse.lease (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  fencing_token bigint NOT NULL DEFAULT 1,
  expires_at timestamptz NOT NULL
);

-- A browser holds one opaque token; signed-in sessions hang on it. Only hashes are kept (R86).
CREATE TABLE keyhouse.browser_token (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE keyhouse.session (
  id uuid PRIMARY KEY,
  browser_token_hash bytea NOT NULL REFERENCES keyhouse.browser_token (hash) ON DELETE CASCADE,
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When the person last proved who they are.
  authenticated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  address text NOT NULL,
  user_agent text NOT NULL
);
CREATE INDEX session_browser ON keyhouse.session (browser_token_hash);
CREATE INDEX session_principal ON keyhouse.session (principal_id);

-- Failed sign-ins by a hash of who and from where: counts, never names (R89).
CREATE TABLE keyhouse.sign_in_failure (
  subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
  failures integer NOT NULL CHECK (failures > 0),
  last_at timestamptz NOT NULL,
  blocked_until timestamptz
);

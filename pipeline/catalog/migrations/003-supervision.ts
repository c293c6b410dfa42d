import { type Kysely, sql } from 'kysely';

/**
 * What the journal says about supervision, for looking up. Boxes are degrees of EPSG:4490; names that are compared or
 * ordered do so byte by byte, the same on every server whatever its locale. Documents are whole records as JSON.
 */
const statements = [
  // How far the journal is in these tables: number and hash of the last entry taken in.
  `create table app.journal_position (
    one boolean primary key default true check (one),
    sequence bigint not null,
    hash text not null
  )`,
  `create table app.boundary_version (
    project text collate "C" not null,
    version integer not null,
    sequence bigint not null,
    kind text not null,
    name text not null,
    approval_number text not null,
    approved text collate "C" not null,
    valid_to text collate "C",
    cancelled text collate "C",
    accepted text collate "C",
    known_from text collate "C" not null,
    state text not null,
    source_document text not null,
    area_square_metres float8 not null,
    x0 float8 not null, y0 float8 not null, x1 float8 not null, y1 float8 not null,
    document jsonb not null,
    primary key (project, version)
  )`,
  'create index boundary_version_box on app.boundary_version using gist (box(point(x0, y0), point(x1, y1)))',
  `create table app.patch_batch (
    name text collate "C" primary key,
    sequence bigint not null,
    known_on text collate "C" not null,
    document jsonb not null
  )`,
  `create table app.patch (
    batch text collate "C" not null references app.patch_batch on delete cascade,
    number text collate "C" not null,
    source_number text,
    issuer text not null,
    type text not null,
    image_date text collate "C" not null,
    verdict text not null,
    rule text not null,
    tier text not null,
    score float8 not null,
    county text collate "C" not null,
    area_square_metres float8 not null,
    excess_square_metres float8 not null,
    change text not null,
    parents jsonb not null,
    boundaries jsonb not null,
    card jsonb not null,
    x0 float8 not null, y0 float8 not null, x1 float8 not null, y1 float8 not null,
    document jsonb not null,
    primary key (batch, number)
  )`,
  'create index patch_by_score on app.patch (batch, score desc, number)',
  'create index patch_by_county on app.patch (batch, county, score desc, number)',
  'create index patch_by_verdict on app.patch (batch, verdict, score desc, number)',
  'create index patch_box on app.patch using gist (box(point(x0, y0), point(x1, y1)))',
  `create table app.review (
    sequence bigint primary key,
    patch text collate "C" not null,
    batch text collate "C" not null,
    decision text not null,
    unlawful boolean,
    reason text not null,
    decided_by text not null,
    decided_on text collate "C" not null,
    written_at text not null,
    is_current boolean not null,
    document jsonb not null,
    reopened jsonb
  )`,
  'create index review_by_patch on app.review (patch, sequence)',
  'create unique index review_current on app.review (patch) where is_current',
];

// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(database: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

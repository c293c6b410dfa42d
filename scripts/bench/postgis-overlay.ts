import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { toWkb } from '../../pipeline/formats/wkb.ts';
import { type OverlayInputs, overlayImageDate, overlayKnownOn } from './overlay-inputs.ts';
import type { PostgisServer } from './postgis-server.ts';

/** What PostGIS says about a patch. */
export interface PostgisAnswer {
  readonly verdict: string;
  /** In the plane, m². */
  readonly squareMetres: number;
  readonly insideSquareMetres: number;
}

export interface PostgisOverlay {
  /** By the patches' keys. */
  readonly answers: ReadonlyMap<string, PostgisAnswer>;
  /** Of the queries, without loading. */
  readonly wallSeconds: number;
}

const rowsAtOnce = 5000;

/** The same overlay in PostGIS: union of the ranges in force, areas in and out, nearest unstarted project, verdict. */
export async function postgisOverlay({ client }: PostgisServer, inputs: OverlayInputs): Promise<PostgisOverlay> {
  await client.query(`
    create table patch (key text primary key, geom geometry);
    create table version (project text, version int, kind text, approved text, known_from text, accepted text, geom geometry)`);
  const wkb = (geometry: Geometry): string => Buffer.from(toWkb(geometry)).toString('hex');
  for (let at = 0; at < inputs.drafts.length; at += rowsAtOnce) {
    const part = inputs.drafts.slice(at, at + rowsAtOnce);
    await client.query(
      `insert into patch select key, st_geomfromwkb(decode(wkb, 'hex')) from unnest($1::text[], $2::text[]) r (key, wkb)`,
      [part.map(({ key }) => key), part.map(({ geometry }) => wkb(geometry))],
    );
  }
  for (let at = 0; at < inputs.boundaries.length; at += rowsAtOnce) {
    const part = inputs.boundaries.slice(at, at + rowsAtOnce);
    await client.query(
      `insert into version select project, version, kind, approved, known_from, accepted, st_geomfromwkb(decode(wkb, 'hex'))
       from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
         r (project, version, kind, approved, known_from, accepted, wkb)`,
      [
        part.map(({ project }) => project),
        part.map(({ version }) => version),
        part.map(({ kind }) => kind),
        part.map(({ approved }) => approved),
        part.map(({ knownFrom }) => knownFrom),
        part.map(({ accepted }) => accepted),
        part.map(({ geometry }) => wkb(geometry)),
      ],
    );
  }
  await client.query('vacuum analyze');
  const started = performance.now();
  let rows: readonly Record<string, unknown>[] = [];
  for (const statement of statements(overlayImageDate, overlayKnownOn)) ({ rows } = await client.query(statement));
  const wallSeconds = (performance.now() - started) / 1000;
  const answers = new Map(
    rows.map(({ key, verdict, area, inside }) => [
      key as string,
      { verdict: verdict as string, squareMetres: area as number, insideSquareMetres: inside as number },
    ]),
  );
  return { answers, wallSeconds };
}

/** Statements in turn; the last one gives a row per patch. Indexes are part of the work, as the box index is of ours. */
const statements = (imageDate: string, knownOn: string): string[] => [
  `create table force as
     select distinct on (project) * from version
     where known_from <= '${knownOn}' and approved <= '${imageDate}'
     order by project, approved desc, known_from desc, version desc`,
  'create index on force using gist (geom)',
  'create index on patch using gist (geom)',
  'analyze',
  `create table part as
     select p.key, f.project, f.kind, f.approved, f.accepted, st_area(st_intersection(p.geom, f.geom)) as area,
            st_area(p.geom) as whole
     from patch p join force f on st_intersects(p.geom, f.geom)`,
  `create table measured as
     select p.key, st_area(p.geom) as area,
            coalesce(st_area(st_intersection(p.geom, st_union(f.geom) filter (where f.kind = '防治责任范围'))), 0) as inside,
            coalesce(st_area(st_intersection(p.geom, st_union(f.geom) filter (where f.kind = '示意性范围'))), 0) as sketched
     from patch p left join force f on st_intersects(p.geom, f.geom)
     group by p.key`,
  `create table unstarted as
     select * from force where kind = '防治责任范围'
       and project not in (select project from part where area > 1e-6 * whole)`,
  'create index on unstarted using gist (geom)',
  'analyze unstarted',
  `select m.key, m.area, m.inside,
          case
            when m.inside > 1e-6 * m.area and m.area - m.inside > 1e-6 * m.area then '疑似超出防治责任范围'
            when m.inside > 1e-6 * m.area then coalesce((
              select case when bool_and(coalesce(accepted, '9') < '2023-09-05') then '验收后新增扰动'
                          when bool_and(approved < '2020-09-05') then '方案待重新审核' end
              from part where part.key = m.key and kind = '防治责任范围' and part.area > 1e-6 * m.area), '合规')
            when m.sketched > 1e-6 * m.area then '待核边界'
            when m.area < 5000 then '可不编报(待核土石方)'
            when exists (select from patch p join unstarted u on st_dwithin(p.geom, u.geom, 2000) where p.key = m.key)
              then '疑似建设地点变更'
            else '疑似未批先建'
          end as verdict
   from measured m`,
];

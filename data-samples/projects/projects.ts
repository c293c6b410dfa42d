import { type CountyLattice, latticeStep } from '../people/county-lattice.ts';
import { countyNames } from '../people/names.ts';
import { type RegionFrame, roundTo } from '../region-frame.ts';
import { insidePolygons, type Polygon, polygonsArea, type SampleFeature } from '../zones/polygons.ts';
import { type BoundaryDraft, imageDate, type PatchDraft, type ProjectCase, projectCases } from './project-cases.ts';
import { type Site, SiteFinder, type SiteGround } from './site-finder.ts';

/** What is known about a planted disturbance. */
export interface PlantedPatch {
  readonly QDNM: string;
  readonly type: string;
  readonly areaSquareMetres: number;
  readonly outsideSquareMetres: number;
  readonly firstDisturbed: string;
  readonly imageDate: string;
  readonly county: string;
  readonly expected: string;
  readonly reason: string;
  /** Project numbers of the boundaries of its story, in the order of the boundary file. */
  readonly boundaries: readonly string[];
}

export interface Projects {
  readonly boundaries: SampleFeature[];
  /** As a ministry would issue them: no verdict. */
  readonly patches: SampleFeature[];
  /** The same patches with the expected verdict. */
  readonly truth: SampleFeature[];
  readonly planted: PlantedPatch[];
}

const searchMetres = 2000;

/** Plants the stories that find room, the unstarted road first; a small region may lack room for some. */
export function plantProjects(frame: RegionFrame, ground: SiteGround, land: CountyLattice): Projects {
  const finder = new SiteFinder(ground);
  const result: Projects = { boundaries: [], patches: [], truth: [], planted: [] };
  let unstarted: Site | undefined;
  const sequence = new Map<string, number>();
  projectCases.forEach((story, n) => {
    const awayFrom = story.farFromUnstarted && unstarted ? { ...unstarted, metres: searchMetres + 620 } : undefined;
    const { radiusMetres, steepest } = story;
    const accept = story.acrossCounties
      ? (x: number, y: number) => countyAt(frame, land, x - 40, y) !== countyAt(frame, land, x + 40, y)
      : undefined;
    const site = finder.find({
      radiusMetres,
      steepest,
      ...(awayFrom ? { awayFrom } : {}),
      ...(accept ? { accept } : {}),
    });
    if (!site) return;
    if (n === 0) unstarted = site;
    const drawn = story.draw(site.x, site.y, frame.seed + 600 + n * 10);
    const numbers = drawn.boundaries.map((draft, k) => {
      const number = `SWC2024${String(n + 1).padStart(3, '0')}${k + 1}`;
      result.boundaries.push(boundaryFeature(frame, land, story, draft, number));
      return number;
    });
    for (const draft of drawn.patches) {
      const coordinates: Polygon[] = [[draft.ring]];
      const county = mainCounty(frame, land, coordinates);
      const next = (sequence.get(county) ?? 0) + 1;
      sequence.set(county, next);
      const QDNM = `${county}_202403_${String(next).padStart(4, '0')}`;
      const planted = plantedPatch(draft, QDNM, county, coordinates, numbers);
      const feature = patchFeature(draft, planted, coordinates, result.planted.length);
      result.planted.push(planted);
      result.patches.push(feature);
      result.truth.push({
        geometry: feature.geometry,
        properties: {
          ...feature.properties,
          BYD: planted.expected,
          EAREA: roundTo(planted.outsideSquareMetres / 10000, 4),
          PRID: numbers.join(','),
          REASON: planted.reason,
        },
      });
    }
  });
  return result;
}

function plantedPatch(
  draft: PatchDraft,
  QDNM: string,
  county: string,
  coordinates: Polygon[],
  boundaries: readonly string[],
): PlantedPatch {
  return {
    QDNM,
    type: draft.type,
    areaSquareMetres: roundTo(polygonsArea(coordinates), 2),
    outsideSquareMetres: roundTo(draft.outside ?? 0, 2),
    firstDisturbed: draft.firstDisturbed,
    imageDate,
    county,
    expected: draft.verdict,
    reason: draft.reason,
    boundaries,
  };
}

function patchFeature(draft: PatchDraft, planted: PlantedPatch, coordinates: Polygon[], n: number): SampleFeature {
  return {
    geometry: { type: 'MultiPolygon', coordinates },
    properties: {
      QDNM: planted.QDNM,
      QTYPE: draft.type,
      QAREA: roundTo(planted.areaSquareMetres / 10000, 4),
      QDCS: '施工',
      QDTYPE: draft.firstDisturbed < '2023-09-05' ? '续建(范围不变)' : '新增',
      XZQDM: planted.county,
      IMG_DATE: imageDate,
      FST_DATE: draft.firstDisturbed,
      ISSUER: n % 3 === 2 ? '省' : '部',
    },
  };
}

function boundaryFeature(
  frame: RegionFrame,
  land: CountyLattice,
  story: ProjectCase,
  draft: BoundaryDraft,
  number: string,
): SampleFeature {
  const coordinates: Polygon[] = [draft.rings];
  const county = mainCounty(frame, land, coordinates);
  return {
    geometry: { type: 'MultiPolygon', coordinates },
    properties: {
      SWC_P_ID: number,
      PRO_NAME: story.name.replace('{县}', countyShortName(county)),
      VEC_TYPE: draft.kind,
      PRO_LEVEL: story.level,
      RP_NUM: `${story.level}水保函〔${draft.approved.slice(0, 4)}〕${Number(number.slice(-4, -1)) + 20}号`,
      RP_TIME: draft.approved,
      VLD_TO: draft.validTo ?? '',
      CNCL_TIME: draft.cancelled ?? '',
      ACPT_TIME: draft.accepted ?? '',
      PRO_TYPE: story.projectType,
      PRO_CATE: story.category,
      PRO_NAT: '新建',
      CST_STATE: draft.state,
      IVV_CNTY: county,
      AREA_HM2: roundTo(polygonsArea(coordinates) / 10000, 4),
    },
  };
}

const countyShortName = (code: string): string => countyNames.find((county) => county.code === code)!.name.slice(0, -1);

function countyAt(frame: RegionFrame, land: CountyLattice, x: number, y: number): number {
  const cellMetres = latticeStep * 10;
  const column = Math.floor((x - frame.grid.originX) / cellMetres);
  const row = Math.floor((frame.grid.originY - y) / cellMetres);
  return land.county[row * land.width + column]!;
}

/** Code of the county with the largest share of a shape. */
function mainCounty(frame: RegionFrame, land: CountyLattice, polygons: readonly Polygon[]): string {
  const counts = new Array<number>(7).fill(0);
  visitCells(frame, polygons, (column, row) => {
    const cell = Math.floor(row / latticeStep) * land.width + Math.floor(column / latticeStep);
    counts[land.county[cell]!]!++;
  });
  return countyNames[counts.indexOf(Math.max(...counts))]!.code;
}

/** Calls `visit` for every 10 m cell whose centre lies in the polygons. */
export function visitCells(
  frame: RegionFrame,
  polygons: readonly Polygon[],
  visit: (column: number, row: number) => void,
): void {
  const { originX, originY } = frame.grid;
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const polygon of polygons)
    for (const [x, y] of polygon[0]!) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  for (let row = Math.floor((originY - north) / 10); row <= Math.floor((originY - south) / 10); row++)
    for (let column = Math.floor((west - originX) / 10); column <= Math.floor((east - originX) / 10); column++)
      if (insidePolygons(polygons, originX + column * 10 + 5, originY - row * 10 - 5)) visit(column, row);
}

/** Marks the ground disturbed before a date as 人为扰动用地 (53), in place. */
export function burnDisturbances(frame: RegionFrame, projects: Projects, landUse: Uint8Array, before: string): void {
  projects.patches.forEach((feature, n) => {
    if (projects.planted[n]!.firstDisturbed >= before) return;
    visitCells(frame, feature.geometry.coordinates, (column, row) => {
      landUse[row * frame.size + column] = 53;
    });
  });
}

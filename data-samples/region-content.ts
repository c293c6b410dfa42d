import { dailyRain } from './climate/daily-rain.ts';
import { type StationDay, stationTable } from './climate/stations.ts';
import { firstYearLandUse } from './land/land-use.ts';
import { finalReasons, secondYearLandUse } from './land/land-use-change.ts';
import { cutParcels } from './land/parcels.ts';
import { type SoilMaps, soilMaps } from './land/soil.ts';
import { understoreyCover, vegetationCover } from './land/vegetation-cover.ts';
import { windErosion } from './land/wind-erosion.ts';
import { shareLand } from './people/county-lattice.ts';
import { drawRivers } from './people/rivers.ts';
import { buildRoads } from './people/roads.ts';
import { buildSettlements, placeSettlements } from './people/settlements.ts';
import { imageDate } from './projects/project-cases.ts';
import { burnDisturbances, type Projects, plantProjects } from './projects/projects.ts';
import { type RegionFrame, regionFrame } from './region-frame.ts';
import { slopeAndNorthness } from './terrain/refine.ts';
import { shapeTerrain, surveyedElevation } from './terrain/terrain.ts';
import { type OfficialArea, officialAreas, type RateTarget, rateTargets } from './zones/county-tables.ts';
import { measurePolygons } from './zones/measures.ts';
import type { SampleFeature } from './zones/polygons.ts';
import { type ZoneLayers, zoneLayers } from './zones/zone-layers.ts';

export const sampleYears = [2023, 2024] as const;
export type SampleYear = (typeof sampleYears)[number];
export type ByYear<T> = Readonly<Record<SampleYear, T>>;

/** The sample region in memory: everything that is written to files, and a little more for the tests. */
export interface RegionContent {
  readonly frame: RegionFrame;
  /** Metres, steps of 0.1, NaN in the gap. */
  readonly elevation: Float32Array;
  /** Tangent of the slope of the finished ground, without gap. */
  readonly slopeTangent: Float32Array;
  /** 1 where the ground is terraced. */
  readonly terraced: Uint8Array;
  readonly landUse: ByYear<Uint8Array>;
  /** Why land use differs between the years, a key of `changeReasons`; 0 where it does not. */
  readonly changeReason: Uint8Array;
  /** One layer per day, mm. */
  readonly rain: ByYear<Float32Array[]>;
  readonly stationDays: ByYear<StationDay[]>;
  readonly soil: SoilMaps;
  /** Twenty-four layers, percent. */
  readonly vegetationCover: ByYear<Uint8Array[]>;
  /** Percent. */
  readonly understoreyCover: Uint8Array;
  readonly windErosion: Float32Array;
  readonly zones: ZoneLayers;
  readonly measures: SampleFeature[];
  readonly projects: Projects;
  readonly officialAreas: OfficialArea[];
  readonly rateTargets: RateTarget[];
}

/** Dates of the imagery from which land use and disturbances were read. */
export const imageDates: ByYear<string> = { 2023: '2023-09-05', 2024: imageDate };

/** Makes the region: the same size and seed give the same numbers on every machine. */
export function makeRegion(size: number, seed: number): RegionContent {
  const frame = regionFrame(size, seed);
  const terrain = shapeTerrain(frame);
  const land = shareLand(frame, terrain);
  const places = placeSettlements(frame, terrain, land);
  const settlements = buildSettlements(frame, terrain, places);
  const rivers = drawRivers(frame, terrain);
  const roads = buildRoads(frame, terrain, places);
  const parcels = cutParcels(frame);
  const first = firstYearLandUse(frame, terrain, parcels, { settlements, roads, rivers });
  const planned = secondYearLandUse(frame, terrain, parcels, first);
  const second = planned.codes;
  const elevation = surveyedElevation(frame, terrain.elevation);
  const { tangent: slopeTangent } = slopeAndNorthness(terrain.elevation, size, 10);
  const projects = plantProjects(frame, { frame, slopeTangent, landUse: first, elevation }, land);
  const measures = measurePolygons(frame, terrain, first);
  burnDisturbances(frame, projects, first, imageDates[2023]);
  burnDisturbances(frame, projects, second, imageDates[2024]);
  const landUse = { 2023: first, 2024: second };
  const zones = zoneLayers(frame, terrain, land);
  const rain = { 2023: dailyRain(frame, 2023), 2024: dailyRain(frame, 2024) };
  return {
    frame,
    elevation,
    slopeTangent,
    terraced: terrain.terraced,
    landUse,
    changeReason: finalReasons(first, second, planned.reason),
    rain,
    stationDays: { 2023: stationTable(frame, 2023, rain[2023]), 2024: stationTable(frame, 2024, rain[2024]) },
    soil: soilMaps(frame, terrain),
    vegetationCover: {
      2023: vegetationCover(frame, terrain, first, 2023),
      2024: vegetationCover(frame, terrain, second, 2024),
    },
    understoreyCover: understoreyCover(frame, terrain, second),
    windErosion: windErosion(frame),
    zones,
    measures,
    projects,
    officialAreas: officialAreas(frame, zones.counties),
    rateTargets: rateTargets(frame, zones.counties),
  };
}

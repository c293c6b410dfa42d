import type { RegionContent } from '../region-content.ts';
import type { DbfField } from './dbf.ts';
import { geoJson } from './geojson.ts';
import { type ByteFile, textFile } from './region-file.ts';
import { shapefile } from './shapefile.ts';

const countyFields: readonly DbfField[] = [
  { name: 'XZQDM', type: 'C', width: 6 },
  { name: 'XZQMC', type: 'C', width: 40 },
  { name: 'MJ', type: 'N', width: 12, decimals: 4 },
];

const boundaryFields: readonly DbfField[] = [
  { name: 'SWC_P_ID', type: 'C', width: 20 },
  { name: 'PRO_NAME', type: 'C', width: 80 },
  { name: 'VEC_TYPE', type: 'C', width: 20 },
  { name: 'PRO_LEVEL', type: 'C', width: 4 },
  { name: 'RP_NUM', type: 'C', width: 40 },
  { name: 'RP_TIME', type: 'D', width: 8 },
  { name: 'VLD_TO', type: 'D', width: 8 },
  { name: 'CNCL_TIME', type: 'D', width: 8 },
  { name: 'ACPT_TIME', type: 'D', width: 8 },
  { name: 'PRO_TYPE', type: 'C', width: 10 },
  { name: 'PRO_CATE', type: 'C', width: 10 },
  { name: 'PRO_NAT', type: 'C', width: 8 },
  { name: 'CST_STATE', type: 'C', width: 10 },
  { name: 'IVV_CNTY', type: 'C', width: 6 },
  { name: 'AREA_HM2', type: 'N', width: 12, decimals: 4 },
];

/** All polygon layers: two GBK Shapefiles as offices hand them in, the others as GeoJSON. */
export function vectorFiles({ zones, measures, projects }: RegionContent): ByteFile[] {
  const layers = [
    ['zones/townships', zones.townships],
    ['zones/watersheds', zones.watersheds],
    ['zones/rotation-zones', zones.rotationZones],
    ['engineering-measures', measures],
    ['projects/disturbance-patches', projects.patches],
    ['truth/disturbance-verdicts', projects.truth],
  ] as const;
  return [
    ...shapefile('zones/counties.shp', zones.counties, countyFields, true),
    ...shapefile('projects/project-boundaries.shp', projects.boundaries, boundaryFields, false),
    ...layers.map(([path, features]) => textFile(`${path}.geojson`, geoJson(path.split('/').at(-1)!, features))),
  ];
}

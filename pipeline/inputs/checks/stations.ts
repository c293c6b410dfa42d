import type { ExtentInspection, TableColumn, TableInspection } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';
import { dateNames, latitudeNames, longitudeNames, stationNames } from '../station-columns.ts';

const tableOf = (input: InspectedInput | undefined): TableInspection | undefined =>
  input?.inspection.kind === 'table' ? input.inspection : undefined;

const columnBy = (table: TableInspection, names: RegExp): TableColumn | undefined =>
  table.columns.find(({ name }) => names.test(name.trim()));

/** Every station of the rain table has a place, and the places are in degrees and near the elevation. */
export function checkStations(inputs: readonly InspectedInput[]): Finding[] {
  const places = inputs.find(({ spec }) => spec.id === 'stationPlaces');
  const table = tableOf(places);
  if (!places || !table) return [];
  const rain = tableOf(inputs.find(({ spec }) => spec.id === 'stationRain'));
  const elevation = inputs.find(({ spec }) => spec.id === 'elevation')?.inspection;
  const base = elevation?.kind === 'raster' ? elevation.lonLat : undefined;
  return [
    ...checkColumns(places, table),
    ...(rain ? checkNames(places, table, rain) : []),
    ...checkPlaces(places, table, base),
  ];
}

function checkColumns(places: InspectedInput, table: TableInspection): Finding[] {
  const wanted = [
    { names: stationNames, zh: '站号', en: 'station' },
    { names: longitudeNames, zh: '经度', en: 'longitude' },
    { names: latitudeNames, zh: '纬度', en: 'latitude' },
  ].filter(({ names }) => !columnBy(table, names));
  if (wanted.length === 0) return [];
  const present = table.columns.map(({ name }) => name).slice(0, 15);
  return [
    finding(
      places,
      'error',
      'column-missing',
      {
        zh: `没有“${wanted.map(({ zh }) => zh).join('”“')}”列`,
        en: `has no column for ${wanted.map(({ en }) => en).join(', ')}`,
      },
      { zh: `现有列：${present.join('、')}`, en: `its columns are ${present.join(', ')}` },
      { zh: '请改正标题行', en: 'correct the heading' },
    ),
  ];
}

/** Stations of a rain table: the values of its station column, or its columns other than the date. */
function stationsOf(rain: TableInspection): readonly string[] {
  const column = columnBy(rain, stationNames);
  if (column) return column.distinct ?? [];
  return rain.columns.map(({ name }) => name.trim()).filter((name) => name !== '' && !dateNames.test(name));
}

function checkNames(places: InspectedInput, table: TableInspection, rain: TableInspection): Finding[] {
  const known = columnBy(table, stationNames)?.distinct;
  if (!known) return [];
  const unplaced = stationsOf(rain).filter((station) => !known.includes(station));
  if (unplaced.length === 0) return [];
  const shown = unplaced.slice(0, 8);
  return [
    finding(
      places,
      'error',
      'station-unplaced',
      {
        zh: `雨量表中有 ${unplaced.length} 个站没有位置：${shown.join('、')}`,
        en: `lacks ${unplaced.length} stations of the rain table: ${shown.join(', ')}`,
      },
      { zh: '雨量表中的每个站点都应有经纬度', en: 'every station of the rain table needs longitude and latitude' },
      { zh: '请补充，或核对站号', en: 'add them, or check the station numbers' },
    ),
  ];
}

/** Beyond this a station says little about the rain of the region. */
const farKilometres = 50;

function checkPlaces(places: InspectedInput, table: TableInspection, base: ExtentInspection | undefined): Finding[] {
  const [lon, lat] = [columnBy(table, longitudeNames), columnBy(table, latitudeNames)];
  if (lon?.minimum === undefined || lat?.minimum === undefined) return [];
  const own = { west: lon.minimum, east: lon.maximum!, south: lat.minimum, north: lat.maximum! };
  const shown = `${plainNumber(own.west)} … ${plainNumber(own.east)}, ${plainNumber(own.south)} … ${plainNumber(own.north)}`;
  if (Math.abs(own.west) > 180 || Math.abs(own.east) > 180 || Math.abs(own.south) > 90 || Math.abs(own.north) > 90)
    return [
      finding(
        places,
        'error',
        'station-not-degrees',
        { zh: `经纬度列的数值为 ${shown}`, en: `its longitudes and latitudes are ${shown}` },
        { zh: '应为度，如 104.62、35.58', en: 'degrees are expected, such as 104.62 and 35.58' },
        { zh: '请换算为经纬度（十进制度）', en: 'convert them to decimal degrees' },
      ),
    ];
  const distance = base ? apartKilometres(own, base) : 0;
  if (distance === 0) return [];
  return [
    finding(
      places,
      distance > farKilometres ? 'warning' : 'note',
      'stations-outside',
      {
        zh: `雨量站都在高程范围之外，最近约 ${plainNumber(Number(distance.toPrecision(2)))} km`,
        en: `all stations lie outside the elevation, about ${plainNumber(Number(distance.toPrecision(2)))} km away at the nearest`,
      },
      { zh: '区内应有雨量站', en: 'stations inside the region are better' },
      { zh: '降雨由区外站点推算；请核对站点位置', en: 'rain is taken from outside; check the places of the stations' },
    ),
  ];
}

/** Least distance between two extents in degrees, km; 0 where they meet. */
function apartKilometres(a: ExtentInspection, b: ExtentInspection): number {
  const degree = 111.32;
  const middle = ((b.north + b.south) / 2) * (Math.PI / 180);
  const x = Math.max(0, a.west - b.east, b.west - a.east) * degree * Math.cos(middle);
  const y = Math.max(0, a.south - b.north, b.south - a.north) * degree;
  return Math.hypot(x, y);
}

import type { CsleParameters, ErosionTileParameters, LayerParameters } from './erosion-parameters.ts';

/** A raster that a tile reads through its own pixels. */
export interface TileLayer {
  /** Input name in the task. */
  readonly name: string;
  readonly layer: LayerParameters;
  readonly resampling: 'area' | 'nearest';
}

/** Rasters on pixels of their own that the annual pass of a tile reads. */
export function tileLayers(parameters: ErosionTileParameters): TileLayer[] {
  const { soil, practice } = parameters;
  const layers: TileLayer[] = [];
  const add = (name: string, layer: LayerParameters | null, resampling: TileLayer['resampling'] = 'area') => {
    if (layer && !layers.some((each) => each.name === name)) layers.push({ name, layer, resampling });
  };
  add('landUse', parameters.landUse, 'nearest');
  add('erosivity', parameters.erosivity);
  if (soil.kind === 'ready') add('soilErodibility', soil.layer);
  else if (soil.kind === 'classes') add('soilClasses', soil.layer, 'nearest');
  else for (const name of ['sand', 'silt', 'clay', 'organic'] as const) add(name, soil[name]);
  add('tolerance', parameters.tolerance);
  add('windErosion', parameters.windErosion);
  for (const { biological, cover, understorey, inputs, ...coded } of cslePractices(parameters)) {
    if (biological === 'half-month') {
      add(inputs.cover, cover?.layer ?? null);
      add(inputs.understorey, understorey);
    }
    for (const name of ['engineering', 'tillage'] as const)
      if (coded[name]?.from === 'raster') add(inputs[name], coded[name].layer, 'nearest');
  }
  if (practice.model === 'RUSLE') {
    const { coverManagement, supportPractice } = practice;
    if (coverManagement.kind === 'raster') add('coverManagement', coverManagement.layer);
    if (coverManagement.kind === 'cover') add('cover', coverManagement.cover.layer);
    if (supportPractice.kind === 'raster') add('supportPractice', supportPractice.layer);
  }
  return layers;
}

/** Input of a zone set. */
export const zoneInput = (id: string): string => `zones-${id}`;

/** Inputs that are rasters of the tile with an index per cell: zones and coded polygons. */
export const indexInputs = (parameters: ErosionTileParameters): string[] => [
  ...parameters.zoneSets.map(zoneInput),
  ...tileCodes(parameters),
];

/** Inputs of coded polygons, burnt into rasters of the tile. */
export function tileCodes(parameters: ErosionTileParameters): string[] {
  const names = cslePractices(parameters).flatMap((practice) =>
    (['engineering', 'tillage'] as const)
      .filter((name) => practice[name]?.from === 'polygons')
      .map((name) => practice.inputs[name]),
  );
  return [...new Set(names)];
}

/** Practices of the run itself, where it is one of CSLE, and of its scenarios. */
const cslePractices = ({ practice, scenarios }: ErosionTileParameters): CsleParameters[] => [
  ...(practice.model === 'CSLE' ? [practice] : []),
  ...scenarios.map((scenario) => scenario.practice),
];

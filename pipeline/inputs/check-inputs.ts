import type { Inspection, InspectionRequest, VectorInspection } from '../formats/inspect/inspection.ts';
import { Inspector } from '../formats/inspect/inspector-pool.ts';
import type { PackedRings } from '../formats/inspect/packed-rings.ts';
import { didYouMean } from '../messages/closest-name.ts';
import type { Finding } from '../messages/finding.ts';
import { allDone } from '../tasks/all-done.ts';
import { checkBands } from './checks/bands.ts';
import { checkCodes } from './checks/codes.ts';
import { checkCrs } from './checks/crs.ts';
import { checkDatums } from './checks/datums.ts';
import { checkExtent } from './checks/extent.ts';
import { checkGeographic } from './checks/geographic.ts';
import { checkGeoreference } from './checks/georeference.ts';
import { checkLattice } from './checks/lattice.ts';
import { checkNodata } from './checks/nodata.ts';
import { checkReadable } from './checks/readable.ts';
import { checkSize } from './checks/size.ts';
import { checkStations } from './checks/stations.ts';
import { checkTable } from './checks/tables.ts';
import { checkTexture } from './checks/texture.ts';
import { checkUnits } from './checks/units.ts';
import { checkVector } from './checks/vectors.ts';
import { checkZoneCodes } from './checks/zone-codes.ts';
import type { CheckContext, DeclaredInput } from './declared-input.ts';
import { finding, type InspectedInput } from './inspected-input.ts';
import { keptInspection } from './kept-inspection.ts';
import { layers } from './layers.ts';

export interface CheckResult {
  /** Errors first within a file, files in the order of the run file. */
  readonly findings: readonly Finding[];
  readonly inspections: readonly InspectedInput[];
}

/** Files that are described beside each other; each takes a processor and some hundred megabytes. */
const inspectedAtOnce = 2;

/** Rings of the zones that bound the area of interest, and their coordinates. */
interface Area {
  readonly rings: PackedRings;
  readonly proj4: string;
}

/** The zone sets that bound the area of interest, best first. */
const areaLayers = ['county', 'watershed', 'zones', 'township'] as const;

/**
 * Looks at every input of a run before anything runs.
 *
 * Files are described in child processes, zones first so that coverage can be measured within them, the others two at a
 * time. No content of a file makes this reject; what is wrong comes back as findings.
 *
 * @param shared an inspector that the caller keeps for several checks and closes itself
 */
export async function checkInputs(
  inputs: readonly DeclaredInput[],
  context: CheckContext = {},
  shared?: Inspector,
): Promise<CheckResult> {
  const inspectors = shared ? [shared] : Array.from({ length: inspectedAtOnce }, () => new Inspector(context.limits));
  try {
    const inspections = new Map<DeclaredInput, Inspection>();
    let area: Area | undefined;
    const inspect = async (declared: DeclaredInput, inspector: Inspector): Promise<Inspection> => {
      const request = requestFor(declared, area);
      const inspection = await keptInspection(request, context, () => {
        const described = inspector.inspect(request);
        context.onInspection?.();
        return described;
      });
      inspections.set(declared, withoutRings(inspection));
      return inspection;
    };
    const zones = inputs.filter((declared) => rank(declared) < areaLayers.length);
    for (const declared of zones.sort((a, b) => rank(a) - rank(b))) {
      const inspection = await inspect(declared, inspectors[0]!);
      if (!area && inspection.kind === 'vector') area = areaOf(inspection);
    }
    const others = inputs.filter((declared) => !zones.includes(declared)).values();
    await allDone(
      inspectors.map(async (inspector) => {
        for (const declared of others) await inspect(declared, inspector);
      }),
    );
    const inspected = inputs.map((declared) => ({
      declared,
      spec: layers[declared.layer],
      inspection: inspections.get(declared)!,
    }));
    return { findings: findingsOf(inspected, context), inspections: inspected };
  } finally {
    if (!shared) for (const inspector of inspectors) inspector.close();
  }
}

const rank = (declared: DeclaredInput): number => {
  const index = (areaLayers as readonly string[]).indexOf(declared.layer);
  return index >= 0 ? index : areaLayers.length;
};

function requestFor(declared: DeclaredInput, area: Area | undefined): InspectionRequest {
  const { layer, file, options = {} } = declared;
  const spec = layers[layer];
  const fields = [options.codeField, options.nameField, options.parentField].filter((name) => name !== undefined);
  const raster = spec.kind === 'continuous' || spec.kind === 'class';
  return {
    path: file,
    expect: raster ? 'raster' : spec.kind === 'table' ? 'table' : 'vector',
    holes: layer === 'elevation',
    rings: rank(declared) < areaLayers.length,
    ...(options.bands ? { bands: options.bands } : {}),
    ...(options.nodata === undefined ? {} : { nodata: options.nodata }),
    ...(options.crs === undefined ? {} : { crs: options.crs }),
    ...(options.encoding === undefined || options.encoding === 'auto' ? {} : { encoding: options.encoding }),
    ...(options.layerName === undefined ? {} : { layerName: options.layerName }),
    ...(fields.length > 0 ? { fields } : {}),
    ...(area ? { areaRings: area.rings, areaProj4: area.proj4 } : {}),
  };
}

function areaOf(vector: VectorInspection): Area | undefined {
  if (!vector.rings || vector.rings.ends.length === 0 || !vector.crs.proj4) return undefined;
  return { rings: vector.rings, proj4: vector.crs.proj4 };
}

function withoutRings(inspection: Inspection): Inspection {
  if (inspection.kind !== 'vector' || !inspection.rings) return inspection;
  const { rings: _, ...rest } = inspection;
  return rest;
}

const severities = ['error', 'warning', 'note'];

/** All findings about files that were described already. Pure. */
export function findingsOf(inputs: readonly InspectedInput[], context: CheckContext): Finding[] {
  const findings = inputs.flatMap((input) => {
    const readable = checkReadable(input);
    if (input.inspection.kind === 'unreadable') return readable;
    return [
      ...readable,
      ...checkUnitName(input),
      ...checkCrs(input),
      ...checkGeoreference(input),
      ...checkSize(input),
      ...checkBands(input, context),
      ...checkNodata(input),
      ...checkUnits(input),
      ...checkCodes(input, context),
      ...checkVector(input),
      ...checkZoneCodes(input, context),
      ...checkTable(input, context),
    ];
  });
  findings.push(
    ...checkDatums(inputs, context),
    ...checkExtent(inputs),
    ...checkLattice(inputs, context),
    ...checkTexture(inputs),
    ...checkGeographic(inputs, context),
    ...checkStations(inputs),
  );
  const place = new Map(inputs.map((input, index) => [input.declared.displayName, index]));
  return findings.sort(
    (a, b) =>
      (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

function checkUnitName(input: InspectedInput): Finding[] {
  const stated = input.declared.options?.unit;
  const spellings = input.spec.spellings;
  if (stated === undefined || !spellings || spellings.some((spelling) => spelling.id === stated)) return [];
  const ids = spellings.map((spelling) => spelling.id);
  return [
    finding(
      input,
      'error',
      'unit-unknown',
      { zh: `未知单位“${stated}”`, en: `unknown unit “${stated}”` },
      { zh: `可用：${ids.join('、')}`, en: `known are ${ids.join(', ')}` },
      didYouMean(stated, ids),
    ),
  ];
}

import type { GridSpec } from '../../models/grid/grid-spec.ts';
import {
  type Bilingual,
  type Confidence,
  isUncertain,
  unverifiedParameter,
} from '../../models/parameters/confidence.ts';
import type { Finding } from '../messages/finding.ts';
import { sortedJson } from './sorted-json.ts';

/** A method the run used. */
export interface ManifestMethod {
  /** Factor or step, such as `rainfallErosivity`. */
  readonly factor: string;
  /** Name in run files, such as `xie2016-daily`. */
  readonly id: string;
  readonly version: number;
  readonly citation: string;
  /** Unit of the result; `1` is dimensionless. */
  readonly unit: string;
}

/** A value of an official table, or a constant of a method, that entered the result. */
export interface ManifestParameter {
  /** Stable name, such as `tillage-measures/TZ-01`. */
  readonly id: string;
  readonly name: Bilingual;
  readonly value: number | string | boolean | null;
  readonly unit: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** A scenario of the run. */
export interface ManifestScenario {
  readonly id: string;
  readonly name: Bilingual;
  /** Files of its own, by layer of the run file. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly parameters: readonly ManifestParameter[];
}

/** A file the run read. */
export interface ManifestInput {
  /** Layer of the run file, such as `elevation`. */
  readonly layer: string;
  /** Path as it stands in the run file; of an absolute path only the file name is written. */
  readonly file: string;
  readonly bytes: number;
  /** Algorithm and hexadecimal digits, such as `sha256:0f3a…`. */
  readonly digest: string;
}

/** A file the run hands over. */
export interface ManifestOutput {
  /** Name inside the folder of results. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly mediaType: string;
}

/** How a year came about: enough to repeat it and to tell whether two results are the same. */
export interface RunManifest {
  readonly shuibaoVersion: string;
  readonly run: {
    readonly name: string;
    readonly year: number;
    readonly model: string;
    readonly region: { readonly code: string; readonly name: Bilingual };
  };
  readonly grid: GridSpec;
  readonly methods: readonly ManifestMethod[];
  readonly parameters: readonly ManifestParameter[];
  /** Scenarios of other measures: each with its methods and the parameters that differ from the run's. */
  readonly scenarios: readonly ManifestScenario[];
  readonly inputs: readonly ManifestInput[];
  /** What the check of the inputs warned of. */
  readonly warnings: readonly Finding[];
  /** Cells of the region with terrain, and those of them that may depend on land outside the elevation. */
  readonly edgeContamination: {
    readonly cells: number;
    /** Accumulation alone is a lower bound. */
    readonly accumulationCells: number;
    /** Slope length and L, too. */
    readonly slopeLengthCells: number;
  };
  /** Tasks of the plan; their number depends on the plan alone, not on what was computed before. */
  readonly taskCount: number;
  readonly outputs: readonly ManifestOutput[];
}

/** Number in the format of manifests; raised when a reader of older ones would misread it. */
export const manifestVersion = 1;

/**
 * The manifest as JSON: keys in alphabetical order, two spaces of indentation, lists sorted by name, a line break at the end. The
 * same run gives the same bytes wherever and whenever it ran. Values that have to be verified are listed again under `unverified`.
 *
 * @throws RangeError for an output outside the folder of results, and for numbers JSON cannot hold.
 */
export function manifestText(manifest: RunManifest): string {
  for (const { file } of manifest.outputs)
    if (isAbsolute(file) || file.split(/[/\\]/).includes('..'))
      throw new RangeError(`a manifest names outputs inside the folder of results, not ${file}`);
  const parameters = sorted(manifest.parameters, ({ id }) => id);
  return sortedJson({
    ...manifest,
    manifestVersion,
    methods: sorted(manifest.methods, ({ factor, id }) => `${factor} ${id}`),
    parameters,
    scenarios: manifest.scenarios.map((scenario) => ({
      ...scenario,
      inputs: Object.fromEntries(Object.entries(scenario.inputs).map(([layer, file]) => [layer, portable(file)])),
      parameters: sorted(scenario.parameters, ({ id }) => id),
    })),
    unverified: {
      remark: unverifiedParameter,
      parameters: parameters.filter(isUncertain).map(({ id }) => id),
    },
    inputs: sorted(manifest.inputs.map(withPortableFile), ({ layer, file }) => `${layer} ${file}`),
    warnings: sorted(
      manifest.warnings.map(withPortableFile),
      ({ file, layer, code }) => `${file} ${layer ?? ''} ${code}`,
    ),
    outputs: sorted(manifest.outputs, ({ file }) => file),
  });
}

/** Stable, and by code points: the order of a locale differs between machines. */
function sorted<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

const isAbsolute = (path: string): boolean => /^([/\\]|[A-Za-z]:)/.test(path);

const withPortableFile = <Item extends { readonly file: string }>(item: Item): Item => ({
  ...item,
  file: portable(item.file),
});

/** A path as the run file states it; of an absolute one only the file name, for its folders mean nothing elsewhere. */
const portable = (path: string): string => (isAbsolute(path) ? path.split(/[/\\]/).at(-1)! : path);

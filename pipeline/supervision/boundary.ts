import type { BoundaryVersion } from '../../models/disturbance/boundary-versions.ts';
import type { Geometry } from '../formats/geometry.ts';

/** A boundary version as the register keeps it. */
export interface RegisteredBoundary extends BoundaryVersion {
  readonly name: string;
  /** Number of the approval document (RP_NUM). */
  readonly approvalNumber: string;
  /** File and feature it was read from. */
  readonly sourceDocument: string;
  readonly state: string;
  readonly crs: string;
  readonly geometry: Geometry;
  /** On the ellipsoid, m². */
  readonly areaSquareMetres: number;
  /** Attributes of the file that have no place of their own. */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
}

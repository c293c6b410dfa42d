import type { Position } from '../zones/polygons.ts';
import { blob, clippedAt, rectangle, reversed } from './shapes.ts';

/** Date of the imagery from which the disturbances of 2024 were read. */
export const imageDate = '2024-09-12';

/** A boundary of an approved plan as its case draws it. */
export interface BoundaryDraft {
  readonly rings: Position[][];
  readonly kind: '防治责任范围' | '示意性范围';
  readonly approved: string;
  readonly validTo?: string;
  readonly cancelled?: string;
  readonly accepted?: string;
  readonly state: '未开工' | '停工' | '施工' | '完工' | '已验收';
}

/** A disturbance as its case draws it, with the verdict that the rules of the overlay must reach. */
export interface PatchDraft {
  readonly ring: Position[];
  readonly type: '弃土(渣)场' | '取土(石)场' | '其他扰动';
  readonly firstDisturbed: string;
  readonly verdict: Verdict;
  /** Part outside the boundaries it overlaps, m², when it overlaps any. */
  readonly outside?: number;
  readonly reason: string;
}

export type Verdict =
  | '合规'
  | '疑似未批先建'
  | '疑似超出防治责任范围'
  | '疑似建设地点变更'
  | '待核边界'
  | '验收后新增扰动'
  | '方案待重新审核'
  | '可不编报(待核土石方)';

/** One planted story: a project, its boundaries around a site, and what was disturbed there. */
export interface ProjectCase {
  /** `{县}` stands for the county it falls in. */
  readonly name: string;
  readonly projectType: string;
  readonly level: '部' | '省' | '市' | '县';
  readonly category: '建设类' | '生产类';
  readonly radiusMetres: number;
  readonly steepest: number;
  /** True where an approved project without any disturbance nearby would change the verdict. */
  readonly farFromUnstarted?: boolean;
  /** True for a story on a county border. */
  readonly acrossCounties?: boolean;
  draw(x: number, y: number, seed: number): { boundaries: BoundaryDraft[]; patches: PatchDraft[] };
}

const definite = (rings: Position[][], approved: string, more: Partial<BoundaryDraft> = {}): BoundaryDraft => ({
  rings,
  kind: '防治责任范围',
  approved,
  state: '施工',
  ...more,
});

const patch = (
  ring: Position[],
  verdict: Verdict,
  firstDisturbed: string,
  reason: string,
  more: Partial<PatchDraft> = {},
): PatchDraft => ({ ring, type: '其他扰动', verdict, firstDisturbed, reason, ...more });

function twiceArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let at = 0; at + 1 < ring.length; at++)
    sum +=
      (ring[at]![0] - ring[0]![0]) * (ring[at + 1]![1] - ring[0]![1]) -
      (ring[at + 1]![0] - ring[0]![0]) * (ring[at]![1] - ring[0]![1]);
  return sum;
}

/** A patch that leaves a boundary with a straight eastern side. */
function spill(x: number, y: number, seed: number, overhang: number, dates: [string, string]) {
  const edge = x + 60;
  const boundary = clippedAt(blob(x, y, 190, 160, seed), edge, -1);
  const ring = rectangle(x - 60, y - 70, edge + overhang, y + 60);
  const outside = twiceArea(clippedAt(ring, edge, 1)) / 2;
  const verdict: Verdict = '疑似超出防治责任范围';
  return {
    boundaries: [definite([boundary], dates[0])],
    patches: [patch(ring, verdict, dates[1], 'partly outside a valid boundary', { outside })],
  };
}

/** The stories, the unstarted road first: others keep away from it. */
export const projectCases: readonly ProjectCase[] = [
  {
    name: '{县}县道改建工程',
    projectType: 'XMLX-01',
    level: '省',
    category: '建设类',
    radiusMetres: 620,
    steepest: 0.4,
    draw: (x, y, seed) => ({
      boundaries: [definite([rectangle(x - 600, y - 30, x + 100, y + 30)], '2023-03-20', { state: '未开工' })],
      patches: [
        patch(
          blob(x + 470, y + 160, 95, 70, seed),
          '疑似建设地点变更',
          '2024-05-10',
          'no overlap, but an approved project without disturbance lies within 2 km',
        ),
      ],
    }),
  },
  {
    name: '{县}循环经济产业园',
    projectType: 'XMLX-26',
    level: '市',
    category: '建设类',
    radiusMetres: 330,
    steepest: 0.25,
    draw: (x, y, seed) => ({
      boundaries: [definite([blob(x, y, 320, 280, seed, 0.2)], '2022-05-18')],
      patches: [
        patch(blob(x - 60, y + 20, 130, 110, seed + 1), '合规', '2022-09-02', 'inside a valid boundary'),
        patch(blob(x + 170, y - 60, 42, 38, seed + 2), '合规', '2023-04-11', 'spoil ground inside a valid boundary', {
          type: '弃土(渣)场',
        }),
      ],
    }),
  },
  {
    name: '{县}光伏发电项目',
    projectType: 'XMLX-09',
    level: '省',
    category: '建设类',
    radiusMetres: 300,
    steepest: 0.35,
    draw: (x, y, seed) => ({
      boundaries: [definite([blob(x, y, 290, 260, seed, 0.15)], '2023-06-30')],
      patches: [patch(blob(x, y, 200, 180, seed + 1, 0.2), '合规', '2023-10-08', 'inside a valid boundary')],
    }),
  },
  {
    name: '{县}建筑石料矿',
    projectType: 'XMLX-19',
    level: '市',
    category: '生产类',
    radiusMetres: 230,
    steepest: 0.5,
    draw: (x, y, seed) => spill(x, y, seed, 18, ['2021-10-12', '2022-03-05']),
  },
  {
    name: '{县}砖瓦用黏土矿',
    projectType: 'XMLX-19',
    level: '县',
    category: '生产类',
    radiusMetres: 250,
    steepest: 0.5,
    draw: (x, y, seed) => spill(x, y, seed, 110, ['2022-08-25', '2023-03-16']),
  },
  {
    name: '{县}风电场一期',
    projectType: 'XMLX-07',
    level: '省',
    category: '建设类',
    radiusMetres: 330,
    steepest: 0.45,
    draw: (x, y, seed) => ({
      boundaries: [
        { rings: [blob(x, y, 300, 260, seed, 0.2)], kind: '示意性范围', approved: '2023-09-14', state: '施工' },
      ],
      patches: [
        patch(blob(x - 40, y, 75, 70, seed + 1), '待核边界', '2024-03-22', 'inside a schematic range'),
        patch(
          blob(x + 250, y - 20, 70, 60, seed + 2, 0.1),
          '待核边界',
          '2024-03-22',
          'partly outside a schematic range',
        ),
      ],
    }),
  },
  {
    name: '{县}粮食仓储物流园',
    projectType: 'XMLX-34',
    level: '县',
    category: '建设类',
    radiusMetres: 210,
    steepest: 0.25,
    draw: (x, y, seed) => ({
      boundaries: [
        definite([blob(x, y, 200, 180, seed, 0.2)], '2020-04-08', { state: '已验收', accepted: '2022-11-25' }),
      ],
      patches: [
        patch(
          blob(x + 20, y, 70, 60, seed + 1),
          '验收后新增扰动',
          '2024-04-18',
          'inside a boundary whose project was accepted before',
        ),
      ],
    }),
  },
  {
    name: '{县}生活垃圾填埋场',
    projectType: 'XMLX-30',
    level: '县',
    category: '建设类',
    radiusMetres: 210,
    steepest: 0.4,
    draw: (x, y, seed) => ({
      boundaries: [definite([blob(x, y, 200, 180, seed, 0.2)], '2019-06-11')],
      patches: [
        patch(
          blob(x, y, 90, 80, seed + 1),
          '方案待重新审核',
          '2024-04-02',
          'first disturbed more than three years after the approval',
        ),
      ],
    }),
  },
  {
    name: '{县}物流园二期',
    projectType: 'XMLX-36',
    level: '县',
    category: '建设类',
    radiusMetres: 260,
    steepest: 0.3,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [
        definite([rectangle(x - 240, y - 110, x + 20, y + 110)], '2022-02-15'),
        definite([rectangle(x - 40, y - 110, x + 240, y + 110)], '2023-07-04'),
      ],
      patches: [
        patch(blob(x - 10, y, 120, 80, seed), '合规', '2023-08-20', 'inside the union of two overlapping boundaries'),
      ],
    }),
  },
  {
    name: '{县}中药材加工园',
    projectType: 'XMLX-33',
    level: '县',
    category: '建设类',
    radiusMetres: 320,
    steepest: 0.3,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [
        definite([blob(x, y, 310, 290, seed, 0.1), reversed(rectangle(x + 20, y - 70, x + 180, y + 80))], '2023-01-09'),
      ],
      patches: [
        patch(blob(x - 130, y, 90, 80, seed + 1), '合规', '2023-05-15', 'inside a valid boundary'),
        patch(
          blob(x + 100, y, 60, 55, seed + 2),
          '疑似未批先建',
          '2024-06-01',
          'inside a hole of the boundary, so outside it',
        ),
      ],
    }),
  },
  {
    name: '{县}商品混凝土站',
    projectType: 'XMLX-33',
    level: '县',
    category: '建设类',
    radiusMetres: 260,
    steepest: 0.3,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [definite([rectangle(x - 220, y - 120, x, y + 120)], '2023-02-17')],
      patches: [
        patch(blob(x - 110, y, 70, 60, seed), '合规', '2023-06-12', 'inside a valid boundary'),
        patch(
          rectangle(x, y - 60, x + 110, y + 60),
          '疑似未批先建',
          '2024-05-28',
          'touches a boundary without overlap',
        ),
      ],
    }),
  },
  {
    name: '{县}城乡输水管线',
    projectType: 'XMLX-12',
    level: '市',
    category: '建设类',
    radiusMetres: 560,
    steepest: 0.45,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [definite([rectangle(x - 520, y - 25, x + 520, y + 25)], '2023-04-26')],
      patches: [
        patch(rectangle(x - 500, y - 15, x + 380, y + 15), '合规', '2023-09-01', 'a line project inside its boundary'),
        patch(
          blob(x + 180, y - 260, 75, 65, seed),
          '疑似未批先建',
          '2024-02-19',
          'spoil ground outside the boundary of its project',
          { type: '弃土(渣)场' },
        ),
      ],
    }),
  },
  {
    name: '{县}养殖小区',
    projectType: 'XMLX-32',
    level: '县',
    category: '建设类',
    radiusMetres: 170,
    steepest: 0.35,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [definite([blob(x, y, 160, 150, seed, 0.2)], '2024-11-20')],
      patches: [
        patch(blob(x, y, 90, 80, seed + 1), '疑似未批先建', '2024-03-30', 'the boundary was approved after the image'),
      ],
    }),
  },
  {
    name: '{县}采砂场',
    projectType: 'XMLX-19',
    level: '县',
    category: '生产类',
    radiusMetres: 180,
    steepest: 0.5,
    farFromUnstarted: true,
    draw: (x, y, seed) => ({
      boundaries: [
        definite([blob(x, y, 170, 150, seed, 0.2)], '2020-09-15', { cancelled: '2023-08-31', state: '停工' }),
      ],
      patches: [
        patch(
          blob(x, y, 80, 75, seed + 1),
          '疑似未批先建',
          '2024-04-25',
          'the boundary was cancelled before the disturbance',
          { type: '取土(石)场' },
        ),
      ],
    }),
  },
  ...(['连片住宅', '山体削坡', '堆土场'] as const).map(
    (what, n): ProjectCase => ({
      name: what,
      projectType: '',
      level: '县',
      category: '建设类',
      radiusMetres: 140,
      steepest: 0.3 + 0.1 * n,
      farFromUnstarted: true,
      draw: (x, y, seed) => ({
        boundaries: [],
        patches: [
          patch(
            blob(x, y, 110 - 15 * n, 95 - 10 * n, seed),
            '疑似未批先建',
            `2024-0${3 + n}-15`,
            'no approved boundary anywhere near',
            { type: n === 2 ? '弃土(渣)场' : '其他扰动' },
          ),
        ],
      }),
    }),
  ),
  {
    name: '跨县取土',
    projectType: '',
    level: '县',
    category: '建设类',
    radiusMetres: 140,
    steepest: 0.45,
    farFromUnstarted: true,
    acrossCounties: true,
    draw: (x, y, seed) => ({
      boundaries: [],
      patches: [
        patch(blob(x, y, 120, 80, seed), '疑似未批先建', '2024-07-09', 'no boundary; the patch lies in two counties', {
          type: '取土(石)场',
        }),
      ],
    }),
  },
  ...[38, 34, 30].map(
    (radius, n): ProjectCase => ({
      name: '零星扰动',
      projectType: '',
      level: '县',
      category: '建设类',
      radiusMetres: 60,
      steepest: 0.4,
      farFromUnstarted: true,
      draw: (x, y, seed) => ({
        boundaries: [],
        patches: [
          patch(
            blob(x, y, radius, radius, seed),
            '可不编报(待核土石方)',
            `2024-0${2 + n}-20`,
            'no boundary, less than 0.5 hm²; earthwork is unknown',
            { type: n === 2 ? '取土(石)场' : '其他扰动' },
          ),
        ],
      }),
    }),
  ),
];

/** Fictional counties; the codes are free numbers of the prefecture 6211. */
export const countyNames: readonly { code: string; name: string }[] = [
  { code: '621161', name: '云岘区' },
  { code: '621162', name: '双塬县' },
  { code: '621163', name: '柳峁县' },
  { code: '621164', name: '石岔县' },
  { code: '621165', name: '青梁县' },
  { code: '621166', name: '响川县' },
  { code: '621167', name: '杏湾县' },
];

const first = [
  '李家',
  '赵家',
  '杨家',
  '红土',
  '白杨',
  '石门',
  '泉沟',
  '榆树',
  '大营',
  '马圈',
  '黑石',
  '沙岘',
  '葛家',
  '祁家',
];
const second = ['湾', '岔', '塬', '川', '梁', '坪', '嘴', '峁', '堡', '沟', '岘', '滩'];

/** The n-th place name of the sample; all different below 168. */
export function placeName(n: number): string {
  const round = Math.floor(n / 168) + 1;
  const mixed = (n * 61) % 168;
  return `${first[mixed % 14]!}${second[Math.floor(mixed / 14)]!}${round > 1 ? round : ''}`;
}

/** Name of the n-th valley. */
export function valleyName(n: number): string {
  const heads = [
    '响水',
    '苦水',
    '清水',
    '柳林',
    '石峡',
    '红崖',
    '响铃',
    '杏花',
    '黑鹰',
    '双桥',
    '金鸡',
    '甘泉',
    '羊路',
  ];
  const tails = ['河', '沟', '川'];
  const round = Math.floor(n / 39);
  return `${['', '上', '下', '东', '西', '南', '北'][round % 7]!}${heads[n % 13]!}${tails[Math.floor(n / 13) % 3]!}`;
}

import type { ThresholdName } from '../models/disturbance/rules/supervision-2024.ts';
import { verdictFlags, verdictRules } from '../models/disturbance/rules/verdict-rules.ts';
import { landUseClass } from '../models/parameters/land-use-classes.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import type { PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import type { PatchRecord } from '../pipeline/supervision/patch-record.ts';
import { cardNumberLines } from './card-numbers.ts';
import { riskReasonText, termWithMeaning } from './official-terms.ts';
import { punctuation } from './punctuation.ts';
import { padded } from './text-columns.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const hectares = (squareMetres: number): string => `${(squareMetres / 10_000).toFixed(4)} hm²`;

const consequenceNames: Readonly<Record<PatchRecord['ranking']['reasons'][number]['name'], Text>> = {
  area: { zh: '面积', en: 'area' },
  soilLoss: { zh: '流失量增加', en: 'rise of soil loss' },
  keyArea: { zh: '重点区', en: 'key area' },
  steep: { zh: '陡坡', en: 'steep slopes' },
  spoil: { zh: '弃渣场', en: 'spoil ground' },
  water: { zh: '近水体', en: 'near water' },
};

/** All that is known about a patch, with the card of the rule that decided. */
export function patchPage(patch: PatchRecord, { rules }: PatchBatch, language: Language): string {
  const zh = language === 'zh';
  const { comma, semicolon, colon, bracketed } = punctuation[language];
  const { judgement, lineage, ground, measures, ranking, risk, source } = patch;
  const { card } = judgement;
  const rule = Object.values(verdictRules).find(({ id }) => id === card.rule)!;
  const lines: (readonly [string, string] | undefined)[] = [
    [zh ? '图斑编号' : 'number', patch.number],
    source.number === null || source.number === patch.number
      ? undefined
      : [zh ? '来源编号' : 'source number', source.number],
    [zh ? '来源' : 'source', source.kind === 'detected' ? (zh ? '本系统发现' : 'detected') : source.issuer],
    [
      zh ? '类型' : 'type',
      [patch.type, patch.change ?? lineage.change].map((term) => termWithMeaning(term, language)).join(comma),
    ],
    lineage.parents.length === 0 ? undefined : [zh ? '上期图斑' : 'parents', lineage.parents.join(' ')],
    decidedLine(patch, language),
    [zh ? '面积' : 'area', hectares(patch.areaSquareMetres)],
    [
      zh ? '县（区）' : 'counties',
      patch.counties.map(({ code, name, share }) => `${name ?? ''} ${code} ${percent(share)}`.trim()).join(comma),
    ],
    [zh ? '影像日期' : 'image', patch.imageDate],
    [zh ? '首次扰动' : 'first disturbed', `${patch.disturbed.earliest ?? '?'} – ${patch.disturbed.latest}`],
    ...groundLines(ground, language),
    ...surroundingLines(patch, language),
    [zh ? '结论（建议）' : 'proposed verdict', termWithMeaning(judgement.verdict, language)],
    [
      zh ? '规则卡' : 'rule card',
      `${card.rule} v${card.ruleVersion}${bracketed(`${card.rules} v${card.rulesVersion}`)}${zh ? '' : ' '}${rule.text[language]}`,
    ],
    ...cardNumberLines(card.numbers, language).map(([name, value]) => [`  ${name}`, value] as const),
    ...Object.entries(card.thresholds).map(([name, value]) => {
      const { unit, name: meaning, source: text } = rules.thresholds[name as ThresholdName];
      return [
        zh ? '阈值' : 'threshold',
        `${name} = ${value}${unit === '' ? '' : ` ${unit}`}${bracketed([meaning[language], text].join(semicolon))}`,
      ] as const;
    }),
    [zh ? '依据' : 'source text', card.source],
    ...judgement.flags.map((flag) => [zh ? '提示' : 'remark', verdictFlags[flag].text[language]] as const),
    ...measures.boundaries.map(
      ({ project, version, kind, approved, insideSquareMetres }) =>
        [
          zh ? '所涉范围' : 'boundary',
          `${project} v${version} ${termWithMeaning(kind, language)} ${approved} ${hectares(insideSquareMetres)}`,
        ] as const,
    ),
    [zh ? '风险' : 'risk', [termWithMeaning(risk.tier, language), riskReasonText(patch, language)].join(colon)],
    [
      zh ? '排序' : 'rank',
      `${ranking.score.toFixed(4)} = ${ranking.confidence} × ${ranking.nonCompliance} × ${ranking.consequence.toFixed(4)}` +
        bracketed(
          ranking.reasons.map(({ name, part }) => `${consequenceNames[name][language]} ${part.toFixed(3)}`).join(comma),
        ),
    ],
    [
      zh ? '说明' : 'note',
      zh ? '仅为线索，须经现场复核，不作为处罚依据' : 'a clue that needs a field review, not a basis for penalty',
    ],
  ];
  return padded(lines.flatMap((line) => (line === undefined ? [] : [line])));
}

function decidedLine({ decided }: PatchRecord, language: Language): readonly [string, string] | undefined {
  if (decided === null) return undefined;
  const zh = language === 'zh';
  const { to, grownShare, isRaised } = decided;
  const fate = isRaised
    ? zh
      ? '超过规定比例，重新提出'
      : 'more than the share stated, raised again'
    : zh
      ? '不再提出'
      : 'not raised again';
  return [
    zh ? '已认定地块' : 'decided ground',
    [to, `${zh ? '扩大' : 'grown by'} ${percent(grownShare)}`, fate].join(punctuation[language].comma),
  ];
}

function surroundingLines({ surroundings, measures }: PatchRecord, language: Language): (readonly [string, string])[] {
  const zh = language === 'zh';
  const { keyAreas, keyAreaShare, water } = surroundings;
  const lines: (readonly [string, string])[] = [];
  if (keyAreas !== null)
    lines.push([
      zh ? '重点区' : 'key areas',
      `${percent(keyAreaShare)} ${keyAreas.map(({ name, share }) => `${name} ${percent(share)}`).join(punctuation[language].comma)}`.trimEnd(),
    ]);
  if (water !== null)
    lines.push([
      zh ? '距水体' : 'distance to water',
      water.metres === null ? `> ${water.searchedMetres} m` : `${water.metres.toFixed(0)} m`,
    ]);
  const { lateral } = measures;
  if (lateral !== undefined)
    lines.push([
      zh ? '横向位移' : 'lateral shift',
      `${lateral.project}: ${lateral.shiftedMetres.toFixed(0)} / ${lateral.approvedMetres.toFixed(0)} m`,
    ]);
  return lines;
}

function groundLines(ground: PatchRecord['ground'], language: Language): (readonly [string, string])[] {
  if (ground === null) return [];
  const zh = language === 'zh';
  const { comma } = punctuation[language];
  const name = (code: number): string => `${code} ${landUseClass(code)?.name[language] ?? ''}`;
  const [before, now] = ground.soilLossTonnes.map((tonnes) => (tonnes === null ? '—' : tonnes.toFixed(1)));
  return [
    [zh ? '发现规则' : 'found by', ground.rules.map(({ code, share }) => `${code} ${percent(share)}`).join(comma)],
    [
      zh ? '土地利用' : 'land use',
      ground.landUse.map(({ from, to, share }) => `${name(from)} → ${name(to)} ${percent(share)}`).join(comma),
    ],
    [
      zh ? '坡度' : 'slope',
      `${ground.meanSlopeDegrees === null ? '—' : ground.meanSlopeDegrees.toFixed(1)}°${comma}> 25° ${percent(ground.steepShare)}`,
    ],
    [zh ? '土壤流失量' : 'soil loss', `${before} → ${now} t/a`],
    [
      zh ? '形状' : 'shape',
      zh
        ? `${ground.shape.cells} 像元，${ground.shape.parts} 部分，${ground.shape.holes} 孔，紧凑度 ${ground.shape.compactness.toFixed(3)}`
        : `cells ${ground.shape.cells}, parts ${ground.shape.parts}, holes ${ground.shape.holes}, compactness ${ground.shape.compactness.toFixed(3)}`,
    ],
  ];
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { findingLine } from '../../../pipeline/messages/finding.ts';
import { UserError } from '../../../pipeline/messages/user-error.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-run-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A run file that is in order; tests change a line of it. */
const sound = `shuibao: 1
name: 定西
year: 2024
model: RUSLE
inputs:
  elevation: { file: dem.tif }
  landUse:
    file: lu.tif
    scheme: monitoring
  rain: { kind: erosivity-raster, file: r.tif }
  soil: { kind: erodibility-raster, file: k.tif }
parameters:
  coverManagement: { 11: 0.2, 31: 0.01 }
classes:
  tolerance: 1000
statistics:
  zones:
    - { id: county, file: county.shp, codeField: code }
`;

async function refusal(content: string | Uint8Array, name = 'run.yaml'): Promise<UserError> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return refusalOf(path);
}

async function refusalOf(path: string): Promise<UserError> {
  const error = await loadRunFile(path).then(
    () => expect.unreachable('the run file was taken'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  for (const language of ['zh', 'en'] as const)
    expect(findingLine((error as UserError).finding, language)).not.toMatch(/\n|undefined|\[object/);
  return error as UserError;
}

const changed = (from: string, to: string): string => {
  expect(sound).toContain(from);
  return sound.replace(from, to);
};

test('a sound run file loads, with defaults and paths beside it', async () => {
  const path = join(folder, 'sound.yaml');
  writeFileSync(path, sound);
  const { run, resolve } = await loadRunFile(path);
  expect(run).toMatchObject({ name: '定西', grid: {}, outputs: { map: true } });
  expect(resolve('dem.tif')).toBe(join(folder, 'dem.tif'));
});

describe('what is no run file is told in one line', () => {
  test.each([
    ['a missing file', 'no-such.yaml', 'there is no such file'],
    ['a folder', '.', 'a folder'],
    ['a device', '/dev/zero', 'not a plain file'],
  ])('%s', async (_, name, said) => {
    const { finding } = await refusalOf(name.startsWith('/') ? name : join(folder, name));
    expect(finding.code).toBe('run-file-unreadable');
    expect(finding.found.en).toContain(said);
  });

  test('a file without read permission or with null bytes', async () => {
    expect((await refusal(Uint8Array.of(0, 1, 2, 0))).finding.code).toBe('run-file-unreadable');
  });

  test.each([
    ['empty', '', 'run-file-not-mapping'],
    ['only a comment', '# nothing\n', 'run-file-not-mapping'],
    ['a list', '- a\n- b\n', 'run-file-not-mapping'],
    ['prose', 'no run file at all\n', 'run-file-not-mapping'],
    ['two documents', `${sound}---\n${sound}`, 'run-file-not-yaml'],
    ['an open bracket', changed('{ file: dem.tif }', '{ file: dem.tif'), 'run-file-not-yaml'],
    ['a tab as indentation', changed('  elevation', '\televation'), 'run-file-not-yaml'],
    ['a name written twice', changed('year: 2024', 'year: 2024\nyear: 2023'), 'run-file-not-yaml'],
    ['a foreign tag', changed('name: 定西', 'name: !!js/function 定西'), 'run-file-not-yaml'],
    ['an alias to nowhere', changed('name: 定西', 'name: *where'), 'run-file-aliases'],
    ['too large', `${sound}#${'x'.repeat(1 << 20)}\n`, 'run-file-too-large'],
  ])('%s', async (_, content, code) => {
    expect((await refusal(content)).finding.code).toBe(code);
  });

  test('a bomb of aliases is refused at once', async () => {
    const levels = Array.from({ length: 12 }, (_, k) => `l${k + 1}: &l${k + 1} [${`*l${k},`.repeat(9)}]`);
    const started = performance.now();
    const { finding } = await refusal(`l0: &l0 [x]\n${levels.join('\n')}\n`);
    expect(finding.code).toBe('run-file-aliases');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('the line of a mistake in the syntax is named', async () => {
    const { finding } = await refusal(changed('year: 2024', 'year: 2024\nyear: 2023'));
    expect(finding.found).toEqual({
      zh: '第 4 行不是合法的 YAML：同一设置写了两次',
      en: 'line 4 is not valid YAML: a setting is written twice',
    });
  });
});

describe('text is read whatever Windows saved it as', () => {
  const gbkName = Uint8Array.of(0xb6, 0xa8, 0xce, 0xf7);
  const [before, after] = sound.split('定西') as [string, string];
  test.each([
    ['GBK', Buffer.concat([Buffer.from(before), gbkName, Buffer.from(after)])],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${sound}`)],
    ['UTF-16', Buffer.from(`\uFEFF${sound}`, 'utf16le')],
    ['lines ended as on Windows', Buffer.from(sound.replaceAll('\n', '\r\n'))],
  ])('%s', async (_, bytes) => {
    const path = join(folder, 'encoded.yaml');
    writeFileSync(path, bytes);
    expect((await loadRunFile(path)).run.name).toBe('定西');
  });
});

describe('unknown settings', () => {
  test.each([
    ['at the top', 'year: 2024', 'yaer: 2024', 'yaer', 'year'],
    ['one level down', '  landUse:', '  landuse:', 'inputs.landuse', 'landUse'],
    ['in an input', '    scheme: monitoring', '    schema: monitoring', 'inputs.landUse.schema', 'scheme'],
    ['in a kind of input', 'kind: erosivity-raster,', 'kind: erosivity-raster, unti: SI,', 'inputs.rain.unti', 'unit'],
    ['in a list', 'codeField: code', 'codefield: code', 'statistics.zones.0.codefield', 'codeField'],
    ['in prose of another tongue', 'year: 2024', 'year: 2024\n年份: 2024', '年份', undefined],
    ['with a name of JavaScript', 'year: 2024', 'year: 2024\nconstructor: 1', 'constructor', undefined],
    ['that would reach into objects', 'year: 2024', 'year: 2024\n__proto__: { a: 1 }', '__proto__', undefined],
  ])('%s are named with the nearest known one', async (_, from, to, name, near) => {
    const { finding } = await refusal(changed(from, to));
    expect(finding.code).toBe('run-file-unknown-setting');
    expect(finding.found.en).toContain(`unknown setting “${name}”`);
    if (near) expect(finding.expected.en).toBe(`did you mean “${near}”?`);
    else expect(finding.expected.en).toMatch(/^known here: shuibao, name, year/);
  });

  test('the line is named', async () => {
    const { finding } = await refusal(changed('    scheme: monitoring', '    schema: monitoring'));
    expect(finding.found.zh).toContain('第 9 行');
  });
});

describe('wrong settings', () => {
  test.each([
    ['a word for a number', 'year: 2024', 'year: 去年', 'year', 'expected a number'],
    ['a fraction for a whole number', 'year: 2024', 'year: 2024.5', 'year', 'expected a whole number'],
    ['too small', 'year: 2024', 'year: 24', 'year', 'expected at least 1900'],
    ['another version', 'shuibao: 1', 'shuibao: 2', 'shuibao', 'expected 1'],
    ['an empty name', 'name: 定西', 'name: ""', 'name', 'it cannot be empty'],
    ['a list for a group', 'inputs:', 'outputs: []\ninputs:', 'outputs', 'expected a group of “name: value” settings'],
    ['a group for a list', 'inputs:', 'outputs: { tables: csv }\ninputs:', 'outputs.tables', 'expected a list'],
    ['text for a switch', 'inputs:', 'outputs: { map: maybe }\ninputs:', 'outputs.map', 'expected true or false'],
    ['a negative factor', '11: 0.2', '11: -0.2', 'parameters.coverManagement.11', 'expected at least 0'],
  ])('%s', async (_, from, to, name, expected) => {
    const { finding } = await refusal(changed(from, to));
    expect(finding.code).toBe('run-file-wrong-setting');
    expect(finding.found.en).toContain(`setting “${name}” is not acceptable`);
    expect(finding.expected.en).toBe(expected);
    expect(finding.expected.zh).not.toMatch(/^[ -~]*$/);
  });

  test.each([
    ['model', 'model: RUSLE', 'model: RUSEL', 'RUSLE'],
    ['scheme', 'scheme: monitoring', 'scheme: monitring', 'monitoring'],
    ['kind', 'kind: erosivity-raster', 'kind: erosivity-rasters', 'erosivity-raster'],
  ])('a wrong choice of %s names the nearest', async (_, from, to, near) => {
    const { finding } = await refusal(changed(from, to));
    expect(finding.code).toBe('run-file-wrong-setting');
    expect(finding.expected.en).toContain(near);
    expect(finding.cure.en).toBe(`did you mean “${near}”?`);
  });

  test('a missing setting is named as missing', async () => {
    const { finding } = await refusal(changed('  elevation: { file: dem.tif }\n', ''));
    expect(finding.code).toBe('run-file-missing-setting');
    expect(finding.found.zh).toBe('第 5 行，缺少设置“inputs.elevation”');
  });
});

describe('settings that cannot be meant', () => {
  const withMethods = (methods: string): string => changed('parameters:', `methods: ${methods}\nparameters:`);

  test.each([
    ['slopeLength: { method: desmet-goves1996 }', 'methods.slopeLength.method', 'desmet-govers1996'],
    ['slopeSteepness: { method: nearing1979 }', 'methods.slopeSteepness.method', 'nearing1997'],
    ['slopeLength: { exponent: mcool1989 }', 'methods.slopeLength.exponent', 'mccool1989'],
    ['supportPractice: wener1980', 'methods.supportPractice', 'wenner1980'],
  ])('%s names the nearest method and lists those that fit', async (setting, name, near) => {
    const { finding } = await refusal(withMethods(`{ ${setting} }`));
    expect(finding.code).toBe('method-unknown');
    expect(finding.found.en).toContain(`setting “${name}”`);
    expect(finding.expected.en).toContain(near);
    expect(finding.cure.en).toBe(`did you mean “${near}”?`);
  });

  test('a method for other rain does not fit; those that do are listed', async () => {
    const daily = changed(
      'rain: { kind: erosivity-raster, file: r.tif }',
      'rain: { kind: daily-raster, files: [{ file: p.tif, year: 2024 }] }',
    ).replace('parameters:', 'methods: { rainfallErosivity: zhang-fu2003-monthly-years }\nparameters:');
    const { finding } = await refusal(daily);
    expect(finding.code).toBe('method-unfit');
    expect(finding.expected.en).toBe('fitting are xie2016-daily, xie2016-daily-sinusoidal, zhang2002-daily');
  });

  test.each([
    ['coverManagement: { 11: 0.2 }', '{ 10: 0.2 }', 'parameter-code-unknown'],
    ['coverManagement: { 11: 0.2 }', '{ 11: 20 }', 'parameter-value-large'],
  ])('values by code: %s', async (_, values, code) => {
    const { finding } = await refusal(changed('{ 11: 0.2, 31: 0.01 }', values));
    expect(finding.code).toBe(code);
    expect(finding.found.en).toContain('setting “parameters.coverManagement.');
  });

  test('a code of a measure that lost its zeros is told, since YAML takes it for a number', async () => {
    const csle = changed('model: RUSLE', 'model: CSLE')
      .replace('  soil:', '  engineeringMeasures: { kind: polygons, file: e.shp, field: code }\n  soil:')
      .replace(
        'coverManagement: { 11: 0.2, 31: 0.01 }',
        'engineeringPractice: { 020101: 0.1 }\n  assumeTillageOne: true',
      )
      .replace('parameters:', 'methods: { biologicalPractice: constants }\nparameters:');
    const { finding } = await refusal(csle);
    expect(finding).toMatchObject({ code: 'parameter-code-unknown', expected: { en: 'expected "020101"' } });
  });

  test('an unknown coordinate system is named with its place', async () => {
    const { finding } = await refusal(changed('{ file: dem.tif }', '{ file: dem.tif, crs: "EPSG:999999" }'));
    expect(finding.code).toBe('crs-unknown');
    expect(finding.found.en).toContain('line 6, setting “inputs.elevation.crs”');
  });

  test('a setting without effect beside the others is refused with the reason', async () => {
    const { finding } = await refusal(changed('parameters:', 'parameters:\n  assumeTillageOne: true'));
    expect(finding.code).toBe('setting-idle');
    expect(finding.expected.en).toBe('the model is not CSLE');
  });
});

test('a folder named like a run file is no run file', async () => {
  const path = join(folder, 'folder.yaml');
  mkdirSync(path);
  expect((await refusalOf(path)).finding.code).toBe('run-file-unreadable');
});

/** Loaded first: this process's clock is wrong by SHUIBAO_TEST_SKEW milliseconds. */
const skew = Number(process.env.SHUIBAO_TEST_SKEW);
const RightDate = Date;
globalThis.Date = class extends RightDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [RightDate.now() + skew]));
  }

  static now() {
    return RightDate.now() + skew;
  }
};
